using System.Text.Json.Nodes;
using BcnnSim.Networks;
using BcnnSim.Reporting;
using Xunit;

namespace BcnnSim.Tests.Cli;

public sealed class RunTests : IClassFixture<CliBench>
{
    private readonly CliBench bench;

    public RunTests(CliBench bench) => this.bench = bench;

    [Fact]
    public void The_main_job_runs_the_committed_networks_and_states_every_condition()
    {
        CliResult result = bench.Run();
        Assert.True(result.Code == 0, result.ToString());
        string[] expected =
        [
            "tiny on u280-reference, 20 frames", "latency", "loaded latency", "interval", "fps by latency", "fps by interval", "utilization",
            "clock not closed by place and route", "1 in flight", $"input {bench.Network.Input.Height}x{bench.Network.Input.Width}x{bench.Network.Input.Channels}",
            $"{bench.Network.Input.InputBits} bits", "pruned", $"{bench.Lanes} lanes", "20 frames, every map and score: 0 mismatches", "accuracy", "total", "hbm.frames",
            "starved by pe.window", "closed form",
        ];
        Assert.All(expected, part => Assert.Contains(part, result.Output, StringComparison.Ordinal));
        Assert.Contains("tiny: 20 of 20 frames done", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_has_exactly_the_documented_keys()
    {
        JsonObject root = JsonNode.Parse(bench.Run("run", "tiny", "--json", "-").Output)!.AsObject();
        Assert.Equal(["schema", "command", "version", "design", "runs"], root.Select(m => m.Key));
        Assert.Equal("bcnnsim.run/1", root["schema"]!.GetValue<string>());
        JsonObject run = root["runs"]![0]!.AsObject();
        string[] keys =
        [
            "network", "timingOnly", "networkHash", "design", "clockMHz", "framesInFlight", "frames", "latencyCycles", "latencyMicroseconds", "loadedLatencyCycles", "intervalCycles",
            "intervalFraction", "fpsByLatency", "fpsByInterval", "utilization", "utilizationSteady", "effectiveUtilization", "losses", "inputShape", "inputBits",
            "pruningRate", "lanes", "initialLoadCycles", "framesChecked", "mismatches", "accuracy", "layers", "stalls", "memory", "resources", "claims", "conditions",
        ];
        Assert.Equal(keys, run.Select(m => m.Key));
        Assert.Equal(["padding", "tapRemainder", "channelRemainder", "pixelRemainder", "maskedWeights", "stall"], run["losses"]!.AsObject().Select(m => m.Key));
        Assert.Contains("pe", run["stalls"]!.AsObject().Select(m => m.Key));
        Assert.Equal(["hbm.frames", "hbm.parameters", "hbm.results"], run["memory"]!.AsObject().Select(m => m.Key));
        Assert.Equal(bench.Network.Layers.Select(l => l.Name), run["layers"]!.AsArray().Select(l => l!["name"]!.GetValue<string>()));
    }

    [Fact]
    public void The_main_job_writes_the_report_that_run_writes()
    {
        Assert.Equal(0, bench.Run("--json", "main.json").Code);
        Assert.Equal(bench.Run("run", "--json", "-").Output, File.ReadAllText(bench.PathOf("main.json")));
    }

    [Fact]
    public void Two_runs_write_the_same_bytes()
    {
        Assert.Equal(0, bench.Run("run", "tiny", "--json", "first.json").Code);
        Assert.Equal(0, bench.Run("run", "--network", "tiny", "--json", bench.PathOf("second.json")).Code);
        byte[] first = File.ReadAllBytes(bench.PathOf("first.json"));
        Assert.Equal(first, File.ReadAllBytes(bench.PathOf("second.json")));
        Assert.Equal(System.Text.Encoding.UTF8.GetString(first), bench.Run("run", "tiny", "--json", "-").Output);
        Assert.Empty(Directory.GetFiles(bench.Root, "*.tmp"));
    }

    [Fact]
    public void A_report_reads_back_and_names_the_command_that_makes_it_again()
    {
        RunDocument report = bench.Report("run", "tiny", "--count", "19", "--frames-in-flight", "2", "--set", "peArray.kind=four");
        Assert.Equal(
            "bcnnsim run tiny --design models/designs/u280-reference.json --frames traces/frames/tiny-test.bcnnframes --count 19 --set peArray.kind=four --set execution.framesInFlight=2 --check",
            report.Command);
        RunDocument again = bench.Report(report.Command.Split(' ')[1..]);
        Assert.Equal(ReportFile.ToJson(report), ReportFile.ToJson(again));
        Assert.Equal(ReportFile.ToJson(report), ReportFile.ToJson(ReportFile.Parse(System.Text.Encoding.UTF8.GetBytes(ReportFile.ToJson(report)), "text")));
        Assert.Equal(2, report.Runs[0].FramesInFlight);
        Assert.Equal(Numerics.PeKind.Four, report.Design.PeArray.Kind);
    }

    [Fact]
    public void Json_on_standard_output_is_pure_and_tables_go_to_standard_error()
    {
        CliResult result = bench.Run("run", "tiny", "--classes", "--json", "-");
        Assert.StartsWith("{", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("}\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("fps by latency", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_prints_what_the_reference_executor_finds()
    {
        CliResult result = bench.Run("run", "tiny", "--classes", "--count", "4", "--json", "classes.json");
        FrameResult[] frames = [.. ReportFile.Read(bench.PathOf("classes.json")).Runs[0].FrameResults!];
        Assert.Equal(4, frames.Length);
        for (int i = 0; i < 4; i++)
        {
            ReferenceResult expected = ReferenceExecutor.Run(bench.Network, bench.Frames.Frames[i]);
            Assert.Equal(expected.Class, frames[i].Class);
            Assert.Equal(expected.Scores, frames[i].Scores);
            Assert.True(frames[i].LatencyCycles > 0);
            Assert.Contains(string.Join(' ', expected.Scores), result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Too_few_frames_give_no_interval_instead_of_a_wrong_one()
    {
        RunReport report = bench.Report("run", "tiny", "--count", "17", "--frames-in-flight", "1").Runs[0];
        Assert.Null(report.IntervalCycles);
        Assert.Null(report.FpsByInterval);
        Assert.Equal("not measured: needs 18 frames", report.IntervalFraction);
        Assert.NotNull(bench.Report("run", "tiny", "--count", "18", "--frames-in-flight", "1").Runs[0].IntervalCycles);
    }

    [Fact]
    public void No_check_is_said_in_table_and_report()
    {
        CliResult result = bench.Run("run", "tiny", "--no-check", "--json", "unchecked.json");
        Assert.Contains("no (--no-check)", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, ReportFile.Read(bench.PathOf("unchecked.json")).Runs[0].FramesChecked);
    }

    [Fact]
    public void A_network_outside_the_repository_runs_by_its_folder()
    {
        string folder = bench.PathOf("elsewhere");
        NetworkFile.Write(bench.Network with { Name = "elsewhere" }, folder);
        CliResult result = bench.Run("run", folder, "--frames", bench.FramesFile, "--count", "2");
        Assert.True(result.Code == 0, result.ToString());
        Assert.Contains("elsewhere on u280-reference, 2 frames", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_run_into_the_same_file_is_refused_while_the_first_works()
    {
        using FileStream first = new(bench.PathOf("shared.json.tmp"), FileMode.Create, FileAccess.Write, FileShare.None);
        CliResult result = bench.Run("run", "tiny", "--json", "shared.json");
        Assert.Equal(2, result.Code);
        Assert.Contains("another run is writing it", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_shows_program_plans_cycles_and_parameters()
    {
        CliResult result = bench.Run("explain", "tiny", "--parameters", "--json", "explain.json");
        Assert.True(result.Code == 0, result.ToString());
        string[] expected = ["LoadParameters", "Compute conv1", "Store", "tile plan", "build windows", "compute tile", "memory plan", "norm constants", "hbm.timing.tRefi", "1..1048576", "all-bank refresh"];
        Assert.All(expected, part => Assert.Contains(part, result.Output, StringComparison.Ordinal));
        JsonObject json = JsonNode.Parse(File.ReadAllText(bench.PathOf("explain.json")))!.AsObject();
        Assert.Equal(["schema", "network", "timingOnly", "design", "layers", "program", "memory", "resources", "parameters"], json.Select(m => m.Key));
        Assert.Equal("bcnnsim.explain/1", json["schema"]!.GetValue<string>());
        Assert.True(json["layers"]![0]!["estimate"]!["cycles"]!.GetValue<long>() > 0);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("explain")]
    public void A_pipeline_too_short_for_its_clock_draws_a_warning(string command)
    {
        Assert.DoesNotContain("warning:", bench.Run(command, "tiny").Output, StringComparison.Ordinal);
        Assert.Contains("warning: norm.pipelineDepth = 1 is short for 300000 kHz", bench.Run(command, "tiny", "--set", "norm.pipelineDepth=1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_are_listed_without_a_network()
    {
        CliResult result = bench.Run("explain", "--parameters", "--set", "peArray.outputLanes=4");
        Assert.True(result.Code == 0, result.ToString());
        Assert.DoesNotContain("memory plan", result.Output, StringComparison.Ordinal);
        Assert.Contains("peArray.outputLanes", result.Output, StringComparison.Ordinal);
    }
}
