using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace BcnnSim.Tests.Cli;

public sealed class CompareTests : IClassFixture<CliBench>
{
    private readonly CliBench bench;

    public CompareTests(CliBench bench)
    {
        this.bench = bench;
        if (!File.Exists(bench.PathOf("a.json")))
        {
            Assert.Equal(0, bench.Run("run", "tiny", "--json", "a.json").Code);
        }
    }

    [Fact]
    public void Equal_reports_give_exit_code_0()
    {
        File.Copy(bench.PathOf("a.json"), bench.PathOf("same.json"), overwrite: true);
        CliResult result = bench.Run("compare", "a.json", "same.json");
        Assert.True(result.Code == 0, result.ToString());
        Assert.Contains("equal exactly", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("0.0099", 1)]
    [InlineData("0.01", 0)]
    [InlineData("1", 0)]
    public void A_relative_difference_of_one_per_cent_is_judged_by_the_tolerance(string tolerance, int code)
    {
        Change("b.json", run => run["layers"]![0]!["cycles"] = 1000);
        Change("c.json", run => run["layers"]![0]!["cycles"] = 990);
        CliResult result = bench.Run("compare", "b.json", "c.json", "--tolerance", tolerance);
        Assert.True(result.Code == code, result.ToString());
        Assert.Equal(code == 1, result.Output.Contains("runs[tiny].layers[conv1].cycles", StringComparison.Ordinal));
    }

    [Fact]
    public void Command_and_version_are_not_compared_but_text_and_absent_networks_are()
    {
        Change("d.json", _ => { }, root => root["command"] = "bcnnsim run other");
        Assert.Equal(0, bench.Run("compare", "a.json", "d.json").Code);
        Change("e.json", run => run["networkHash"] = "00");
        Assert.Equal(1, bench.Run("compare", "a.json", "e.json", "--tolerance", "1").Code);
        Change("f.json", _ => { }, root => root["runs"] = new JsonArray());
        CliResult result = bench.Run("compare", "a.json", "f.json");
        Assert.Equal(1, result.Code);
        Assert.Contains("absent", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_designs_are_shown_side_by_side_and_differ()
    {
        Assert.Equal(0, bench.Run("run", "tiny", "--set", "peArray.pipelineDepth=7", "--json", "deep.json").Code);
        CliResult result = bench.Run("compare", "a.json", "deep.json", "--json", "-");
        Assert.Equal(1, result.Code);
        JsonNode json = JsonNode.Parse(result.Output)!;
        Assert.Equal("bcnnsim.compare/1", json["schema"]!.GetValue<string>());
        Assert.False(json["equal"]!.GetValue<bool>());
        Assert.Contains("design.peArray.pipelineDepth", json["differences"]!.AsArray().Select(d => d!["path"]!.GetValue<string>()));
        Assert.Contains("latency cycles", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown", "unknown key 'planes'")]
    [InlineData("missing", "missing keys 'inputBits'")]
    [InlineData("duplicate", "duplicate key")]
    [InlineData("design", "peArray.outputLanes")]
    [InlineData("schema", "must be \"bcnnsim.run/1\"")]
    public void A_report_is_read_strictly(string fault, string rule)
    {
        string text = File.ReadAllText(bench.PathOf("a.json"));
        text = fault switch
        {
            "unknown" => text.Replace("\"inputBits\":", "\"planes\": 1,\n \"inputBits\":", StringComparison.Ordinal),
            "missing" => text.Replace("\"inputBits\":", "\"inputBitz\":", StringComparison.Ordinal).Replace("\"inputBitz\": " + bench.Network.Input.InputBits.ToString(CultureInfo.InvariantCulture) + ",", "", StringComparison.Ordinal),
            "duplicate" => text.Replace("\"inputBits\":", "\"inputBits\": 1,\n \"inputBits\":", StringComparison.Ordinal),
            "design" => text.Replace("\"outputLanes\": ", "\"outputLanes\": 80", StringComparison.Ordinal),
            _ => text.Replace("bcnnsim.run/1", "bcnnsim.run/2", StringComparison.Ordinal),
        };
        Assert.NotEqual(File.ReadAllText(bench.PathOf("a.json")), text);
        File.WriteAllText(bench.PathOf(fault + ".json"), text);
        CliResult result = bench.Run("compare", "a.json", fault + ".json");
        Assert.True(result.Code == 2, result.ToString());
        Assert.True(result.Error.Contains(rule, StringComparison.Ordinal), result.ToString());
        Assert.DoesNotContain("BcnnSim.", result.Error, StringComparison.Ordinal);
    }

    private void Change(string name, Action<JsonNode> run, Action<JsonNode>? root = null)
    {
        JsonNode report = JsonNode.Parse(File.ReadAllText(bench.PathOf("a.json")))!;
        run(report["runs"]![0]!);
        root?.Invoke(report);
        File.WriteAllText(bench.PathOf(name), report.ToJsonString());
    }
}
