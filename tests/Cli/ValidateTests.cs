using System.Text.Json.Nodes;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Cli;

public sealed class ValidateTests : IClassFixture<CliBench>
{
    private static readonly string[] Keys =
        ["claim", "source", "network", "quantity", "claimed", "measured", "reached", "definition", "margin", "smallestDesign", "limitedBy"];

    private readonly CliBench bench;

    public ValidateTests(CliBench bench)
    {
        this.bench = bench;
        Directory.CreateDirectory(bench.PathOf("models", "claims"));
        foreach (string file in Directory.GetFiles(Repository.File("models", "claims"), "*.json"))
        {
            File.Copy(file, bench.PathOf("models", "claims", Path.GetFileName(file)), overwrite: true);
        }
    }

    [Fact]
    public void A_claim_within_reach_gives_0_and_every_key_of_the_schema()
    {
        WriteClaim("easy.json", rate: 100, utilization: "null");
        CliResult result = bench.Run("validate", "easy.json", "--json", "-");
        Assert.True(result.Code == 0, result.ToString());
        JsonObject root = JsonNode.Parse(result.Output)!.AsObject();
        Assert.Equal(["schema", "claims"], root.Select(p => p.Key));
        Assert.Equal("bcnnsim.validate/1", root["schema"]!.GetValue<string>());
        JsonArray rows = root["claims"]!.AsArray();
        Assert.Equal(2, rows.Count);
        foreach (JsonNode? row in rows)
        {
            Assert.Equal(Keys, row!.AsObject().Select(p => p.Key));
            Assert.True(row["reached"]!.GetValue<bool>());
            Assert.Equal((row["measured"]!.GetValue<double>() / 100) - 1, row["margin"]!.GetValue<double>(), 9);
            Assert.True(row["smallestDesign"]!["array"]!["reached"]!.GetValue<bool>());
        }

        Assert.StartsWith("latency: one frame on the idle machine", rows[0]!["definition"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.EndsWith("decides the claim", rows[0]!["definition"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("interval: 2 frames in flight", rows[1]!["definition"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.EndsWith("for information", rows[1]!["definition"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_measured_figures_are_those_of_run()
    {
        WriteClaim("same.json", rate: 100, utilization: "0.5");
        JsonArray rows = Rows(bench.Run("validate", "same.json", "--json", "-"));
        BcnnSim.Reporting.RunReport run = bench.Report("run", "tiny", "--count", "20").Runs[0];
        Assert.Equal(run.FpsByLatency, rows[0]!["measured"]!.GetValue<double>());
        Assert.Equal(run.Utilization, rows[1]!["measured"]!.GetValue<double>());
    }

    [Fact]
    public void A_claim_out_of_reach_gives_1_and_names_the_limit()
    {
        WriteClaim("hard.json", rate: 1e9, utilization: "null");
        CliResult result = bench.Run("validate", "hard.json", "--json", "hard-verdict.json");
        Assert.True(result.Code == 1, result.ToString());
        Assert.Contains("hard: not reached by latency", result.Output, StringComparison.Ordinal);
        Assert.Contains("none up to 4,096 lanes", result.Output, StringComparison.Ordinal);
        Assert.Contains("limited by: too few lanes", result.Output, StringComparison.Ordinal);
        Assert.All(JsonNode.Parse(File.ReadAllText(bench.PathOf("hard-verdict.json")))!["claims"]!.AsArray(), r => Assert.Null(r!["smallestDesign"]));
    }

    [Theory]
    [InlineData("cc-nin")]
    [InlineData("cc-resnet18")]
    public void The_paper_s_claims_get_a_verdict_from_a_20x_network(string name)
    {
        PrunedTwin.Write(name, bench.PathOf("models", "networks", name));
        CliResult result = bench.Run("validate", $"models/claims/peng2021-{name}.json", "--json", "-");
        JsonArray rows = Rows(result);
        Assert.Equal(["framesPerSecond", "utilization", "framesPerSecond", "utilization"], rows.Select(r => r!["quantity"]!.GetValue<string>()));
        bool reached = rows.Take(2).All(r => r!["reached"]!.GetValue<bool>());
        Assert.True(result.Code == (reached ? 0 : 1), result.ToString());
        Assert.All(rows, r => Assert.Contains("512 lanes, input 32x32x3, 8 bits, pruned 20", r!["definition"]!.GetValue<string>(), StringComparison.Ordinal));

        // The smallest array that reaches the rate is no larger than the reference array, and what lies below it does not reach it.
        JsonNode smallest = rows[0]!["smallestDesign"]!;
        int lanes = smallest["array"]!["lanes"]!.GetValue<int>();
        Assert.InRange(lanes, 1, 512);
        Assert.All(smallest["neighbours"]!.AsArray().Where(n => n!["lanes"]!.GetValue<int>() < lanes), n => Assert.False(n!["reached"]!.GetValue<bool>()));
        JsonArray decides = rows[0]!["limitedBy"]!["decides"]!.AsArray();
        foreach ((string parameter, int[] values) in (ReadOnlySpan<(string, int[])>)[("firstLayerWidth", [4, 12, 28, 124]), ("inputBits", [8, 4, 2, 1]), ("clockMHz", [200, 250, 300])])
        {
            int[] found = [.. decides.Where(r => r!["parameter"]!.GetValue<string>() == parameter).Select(r => r!["value"]!.GetValue<int>())];
            Assert.Subset(found.ToHashSet(), values.ToHashSet());
        }

        Assert.All(decides, r => Assert.Equal("closed form", r!["basis"]!.GetValue<string>()));
    }

    [Fact]
    public void The_verdict_on_a_small_network_moves_only_on_purpose()
    {
        WriteClaim("golden.json", rate: 100_000, utilization: "0.2");
        CliResult result = bench.Run("validate", "golden.json");
        string[] lines = [.. result.Output.Split('\n').TakeWhile(l => !l.StartsWith("  resources ", StringComparison.Ordinal)).Select(l => l.TrimEnd())];
        GoldenFile.Check("validate-tiny.txt", $"exit code {result.Code}{string.Join('\n', lines)}\n");
    }

    [Fact]
    public void Replicas_count_for_the_interval_and_not_for_the_latency()
    {
        WriteClaim("two.json", rate: 100, utilization: "0.001");
        CliResult result = bench.Run("validate", "two.json", "--set", "execution.replicas=2", "--json", "-");
        Assert.True(result.Code == 0, result.ToString());
        JsonArray one = Rows(bench.Run("validate", "two.json", "--json", "-"));
        JsonArray two = Rows(result);
        Assert.Equal(one[0]!["measured"]!.GetValue<double>(), two[0]!["measured"]!.GetValue<double>());
        Assert.InRange(two[2]!["measured"]!.GetValue<double>() / one[2]!["measured"]!.GetValue<double>(), 1.3, 2.3);
        Assert.All(two, r => Assert.NotNull(r!["smallestDesign"]));
    }

    [Fact]
    public void Run_says_which_claims_its_network_reaches()
    {
        WriteClaim(Path.Combine("models", "claims", "near.json"), rate: 100, utilization: "null");
        WriteClaim(Path.Combine("models", "claims", "far.json"), rate: 1e9, utilization: "null");
        CliResult result = bench.Run("run", "tiny", "--count", "20", "--json", "claims-report.json");
        Assert.Contains("near, 100.0 frames/s: reached by latency, reached by interval; latency decides", result.Output, StringComparison.Ordinal);
        Assert.Contains("far, 1,000,000,000.0 frames/s: not reached by latency, not reached by interval", result.Output, StringComparison.Ordinal);
        BcnnSim.Reporting.RunReport run = BcnnSim.Reporting.ReportFile.Read(bench.PathOf("claims-report.json")).Runs[0];
        Assert.Equal([("far", false), ("near", true)], run.Claims.Select(c => (c.Claim, c.ReachedByLatency)));
        Assert.Null(bench.Report("run", "tiny", "--count", "2").Runs[0].Claims[0].ReachedByInterval);
        File.Delete(bench.PathOf("models", "claims", "near.json"));
        File.Delete(bench.PathOf("models", "claims", "far.json"));
    }

    [Fact]
    public void A_missing_network_and_no_evidence_are_refused_together_before_any_work()
    {
        WriteClaim("absent.json", rate: 100, utilization: "null", network: "none-such");
        WriteClaim("unfit.json", rate: 100, utilization: "null", pruning: 1000);
        CliResult result = bench.Run("validate", "absent.json", "unfit.json");
        Assert.True(result.Code == 2, result.ToString());
        Assert.Equal("", result.Output);
        Assert.Contains("absent.json: claim.network: none-such: no trained network of this name is under models/networks", result.Error, StringComparison.Ordinal);
        Assert.Contains("claim unfit: network tiny: pruning rate", result.Error, StringComparison.Ordinal);
        Assert.Contains("the claim is about a pruning rate of at least 1000", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_is_no_evidence()
    {
        string folder = bench.PathOf("shape-only");
        Directory.CreateDirectory(folder);
        File.Copy(Repository.File("models", "networks", "cc-nin", "shape.json"), Path.Combine(folder, "shape.json"), overwrite: true);
        CliResult result = bench.Run("validate", "models/claims/peng2021-cc-nin.json", "--network", "shape-only");
        Assert.True(result.Code == 2, result.ToString());
        Assert.Contains("a shape without trained weights is no evidence", result.Error, StringComparison.Ordinal);
        Assert.Contains("pruning rate: 1: the claim is about a pruning rate of at least 20", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupt_leaves_a_readable_result_and_130()
    {
        WriteClaim("stop.json", rate: 100, utilization: "null");
        CliResult result = bench.RunUntil(new CancellationToken(canceled: true), "validate", "stop.json", "--json", "-");
        Assert.True(result.Code == 130, result.ToString());
        Assert.Empty(Rows(result));
        Assert.Contains("interrupted: 0 of 1 claims done", result.Error, StringComparison.Ordinal);
    }

    private static JsonArray Rows(CliResult result) => JsonNode.Parse(result.Output)!["claims"]!.AsArray();

    private void WriteClaim(string file, double rate, string utilization, string network = CliBench.NetworkName, double pruning = 1)
    {
        BcnnSim.Networks.NetworkInput input = bench.Network.Input;
        File.WriteAllText(bench.PathOf(file), FormattableString.Invariant($$"""
            {
              "schema": "bcnnsim.claim/1", "name": "{{Path.GetFileNameWithoutExtension(file)}}", "source": "a test", "network": "{{network}}", "board": "u280",
              "input": { "height": {{input.Height}}, "width": {{input.Width}}, "channels": {{input.Channels}}, "inputBits": {{input.InputBits}} },
              "pruningRate": {{pruning}}, "pruning": "any", "framesPerSecond": {{rate}}, "utilization": {{utilization}}, "definition": "latency", "note": "-"
            }
            """));
    }
}
