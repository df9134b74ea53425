using System.Text.Json.Nodes;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Cli;

public sealed class ShapeRunTests : IClassFixture<CliBench>
{
    private const string Topology = "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\nConv1, 12, 12, 3, 3, 3, 9, 1,\nConv2, 9, 9, 3, 3, 40, 12, 2,\n";
    private readonly CliBench bench;

    public ShapeRunTests(CliBench bench)
    {
        this.bench = bench;
        File.WriteAllText(bench.PathOf("small.csv"), Topology);
        Directory.CreateDirectory(bench.PathOf("models", "networks", "cc-nin"));
        File.Copy(Repository.File("models", "networks", "cc-nin", "shape.json"), bench.PathOf("models", "networks", "cc-nin", "shape.json"), overwrite: true);
        File.Copy(Repository.File("models", "designs", "u280-large.json"), bench.PathOf("large.json"), overwrite: true);
    }

    [Fact]
    public void A_topology_runs_and_every_output_says_timing_only()
    {
        CliResult result = bench.Run("run", "--shapes", "small.csv", "--json", "report.json");
        Assert.True(result.Code == 0, result.ToString());
        Assert.Contains("small on u280-reference, 19 frames, timing only", result.Output, StringComparison.Ordinal);
        Assert.Contains("note: timing only: weights and frames are a fixed pattern", result.Output, StringComparison.Ordinal);
        RunReport run = ReportFile.Read(bench.PathOf("report.json")).Runs[0];
        Assert.True(run.TimingOnly);
        Assert.Null(run.Accuracy);
        Assert.Equal((0, 0L), (run.FramesChecked, run.Mismatches));
        Assert.NotNull(run.IntervalCycles);
    }

    [Fact]
    public void The_cycles_of_a_topology_move_only_on_purpose()
    {
        RunReport run = bench.Report("run", "--shapes", "small.csv").Runs[0];
        IEnumerable<string> layers = run.Layers.Select(l => FormattableString.Invariant($"{l.Name}: {l.Shape}: {l.Cycles} cycles, array busy {l.ArrayCycles}, closed form {l.EstimatedCycles}, {l.Bound}\n"));
        GoldenFile.Check("topology-small.txt", FormattableString.Invariant($"{run.Network}: latency {run.LatencyCycles}, interval {run.IntervalFraction}\n{string.Concat(layers)}"));
    }

    [Fact]
    public void Layers_of_a_topology_take_the_cycles_of_their_closed_form()
    {
        RunReport run = bench.Report("run", "--shapes", "small.csv", "--input-bits", "2", "--count", "1").Runs[0];
        Assert.Equal(["12x12x3 -> 3x3 s1 p0 -> 10x10x9", "9x9x40 -> 3x3 s2 p0 -> 4x4x12"], run.Layers.Select(l => l.Shape));
        Assert.Equal(2, run.InputBits);
        Assert.All(run.Layers.Where(l => l.Bound == "compute"), l => Assert.InRange(l.Cycles - l.EstimatedCycles, 0, l.Cycles / 4));
    }

    [Fact]
    public void The_command_in_a_report_makes_the_same_report()
    {
        string first = bench.Run("run", "--shapes", "small.csv", "--input-bits", "3", "--json", "-").Output;
        string command = JsonNode.Parse(first)!["command"]!.GetValue<string>();
        Assert.Equal(first, bench.Run([.. command.Split(' ').Skip(1), "--json", "-"]).Output);
    }

    [Fact]
    public void A_folder_with_a_shape_alone_is_run_as_a_shape()
    {
        RunReport run = bench.Report("run", "cc-nin", "--count", "1").Runs[0];
        Assert.True(run.TimingOnly);
        Assert.Equal("cc-nin-dense", run.Network);
        Assert.Contains("network cc-nin-dense, timing only", bench.Run("explain", "cc-nin").Output, StringComparison.Ordinal);
        Assert.True(JsonNode.Parse(bench.Run("explain", "cc-nin", "--json", "-").Output)!["timingOnly"]!.GetValue<bool>());
    }

    [Fact]
    public void A_network_and_a_shape_run_side_by_side_and_only_the_network_is_checked()
    {
        RunDocument document = bench.Report("run", "tiny", "--shapes", "small.csv", "--count", "2");
        Assert.Equal([false, true], document.Runs.Select(r => r.TimingOnly));
        Assert.Equal([2, 0], document.Runs.Select(r => r.FramesChecked));
    }

    [Theory]
    [InlineData("cc-resnet18")]
    [InlineData("ic-nin")]
    [InlineData("ic-resnet18")]
    public void The_large_design_takes_what_the_reference_design_refuses(string name)
    {
        string shape = Repository.File("models", "networks", name, "shape.json");
        CliResult refused = bench.Run("explain", "--shapes", shape);
        Assert.True(refused.Code == 2, refused.ToString());
        Assert.Contains("Raise weightBuffer.words to ", refused.Error, StringComparison.Ordinal);
        CliResult taken = bench.Run("explain", "--shapes", shape, "--design", "large.json");
        Assert.True(taken.Code == 0, taken.ToString());
    }

    [Fact]
    public void A_value_that_a_refusal_names_fits()
    {
        string shape = Repository.File("models", "networks", "ic-nin", "shape.json");
        string error = bench.Run("explain", "--shapes", shape).Error;
        string[] raises = [.. System.Text.RegularExpressions.Regex.Matches(error, @"Raise (\S+) to (\d+)").Select(m => $"{m.Groups[1]}={m.Groups[2]}")];
        Assert.NotEmpty(raises);
        CliResult taken = bench.Run([.. (string[])["explain", "--shapes", shape], .. raises.SelectMany(r => new[] { "--set", r })]);
        Assert.True(taken.Code == 0, taken.ToString());
    }

    [Fact]
    public void Resources_stand_in_run_explain_and_sweep()
    {
        RunReport run = bench.Report("run", "tiny", "--count", "1").Runs[0];
        Assert.Equal("first estimate, no place and route", run.Resources.Basis);
        Assert.Equal(run.Resources.Total.Lut, run.Resources.Components.Sum(c => c.Count.Lut));
        Assert.Contains("resources: first estimate, no place and route", bench.Run("run", "tiny", "--count", "1").Output, StringComparison.Ordinal);
        Assert.Contains("structure of bcnn_dot, held against Yosys", bench.Run("explain", "tiny").Output, StringComparison.Ordinal);
        string[] lines = bench.Run("sweep", "--max-lanes", "512", "--min-lanes", "512", "--set", "weightBuffer.words=4000000", "--csv", "-").Output.Split('\n');
        Assert.Equal("feasible", lines[0].Split(',')[13]);
        Assert.Contains("no", lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')[13]));
    }
}
