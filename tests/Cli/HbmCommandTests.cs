using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Cli;

/// <summary>`hbm` as a user starts it: defaults, results, files.</summary>
public sealed class HbmCommandTests : IClassFixture<CliBench>
{
    private readonly CliBench bench;

    public HbmCommandTests(CliBench bench) => this.bench = bench;

    [Fact]
    public void Defaults_are_printed_and_echoed()
    {
        CliResult result = bench.Run("hbm", "--requests", "1000", "--json", "defaults.json");
        Assert.True(result.Code == 0, result.ToString());
        Assert.StartsWith(
            "design u280-reference (models/designs/u280-reference.json)\n"
            + "pattern sequential: 1,000 requests in all, 32 bytes per request, stride 32 bytes, working set 256.0 MiB per pseudo-channel, no writes, seed 1\n"
            + "ports: port 0 to PC 0; switch on; 450 MHz; ids rotating over 64\n"
            + "saturating: as many requests outstanding per port as fit 256 read and 256 write beats of 32 bytes\n",
            result.Output,
            StringComparison.Ordinal);
        JsonObject options = Json(File.ReadAllText(bench.PathOf("defaults.json")))["options"]!.AsObject();
        Assert.Equal("sequential rotate 450 1 0 32 True", string.Join(' ', new[] { "pattern", "id", "portMegahertz", "seed", "writeShare", "bytesPerRequest", "switchOn" }.Select(k => Text(options[k]))));
        Assert.Null(options["outstanding"]);
    }

    [Fact]
    public void The_document_has_the_stable_keys()
    {
        JsonObject report = Report("--pattern", "random", "--requests", "5000", "--write-share", "0.5");
        Assert.Equal("bcnnsim.hbm/1", Text(report["schema"]));
        foreach (string key in new[] { "requests", "bytes", "cycles", "memoryCycles", "seconds", "bytesPerSecond", "rowHits", "rowMisses", "rowConflicts", "refreshes", "command", "design", "options" })
        {
            Assert.True(report[key] is not null, key);
        }

        foreach (string latency in new[] { "readLatencyNanoseconds", "writeLatencyNanoseconds" })
        {
            Assert.Equal(["min", "mean", "p50", "p90", "p99", "p999", "max"], report[latency]!.AsObject().Select(p => p.Key));
        }

        JsonNode channel = Assert.Single(report["perPseudoChannel"]!.AsArray())!;
        Assert.Equal(Number(report, "rowConflicts"), channel["rowConflicts"]!.GetValue<double>());
        Assert.Equal(Number(report, "cycles") * 2, Number(report, "memoryCycles"));
        Assert.Equal(Number(report, "bytes") / Number(report, "seconds"), Number(report, "bytesPerSecond"));
        Assert.Equal(5000, Number(report, "rowHits") + Number(report, "rowMisses") + Number(report, "rowConflicts"));
        Assert.Null(Report("--requests", "10")["writeLatencyNanoseconds"]);
    }

    /// <summary>Board values V1 to V3 with the switch off (hbm.md section 4): 55 closed, 48 hit, 62 conflict AXI cycles.</summary>
    /// <summary>A public set in place of the board's: its own clock, and the file in the command that makes the report again.</summary>
    [Fact]
    public void A_timing_set_replaces_the_designs()
    {
        string set = Repository.File("models", "timings", "hbm2-8gb.json");
        JsonObject report = Report("--requests", "20000", "--timing", set);
        Assert.Equal(14, report["design"]!["hbm"]!["timing"]!["tRp"]!.GetValue<int>());
        Assert.Equal(500_000, report["design"]!["clocks"]!["axiKilohertz"]!.GetValue<int>());
        Assert.Contains("hbm2-8gb.json", Text(report["command"]), StringComparison.Ordinal);
        Assert.InRange(report["bytesPerSecond"]!.GetValue<double>(), 14.2e9, 14.94e9);
    }

    [Fact]
    public void One_read_at_a_time_shows_the_idle_latencies_of_the_board()
    {
        JsonObject report = Report("--pattern", "stride", "--stride", "16384", "--working-set", "32768", "--requests", "2", "--outstanding", "1", "--set", "axi.switchOn=false", "--set", "hbm.refresh=off");
        JsonNode latency = report["readLatencyNanoseconds"]!;
        Assert.Equal(55 / 0.45, latency["min"]!.GetValue<double>(), 6);
        Assert.Equal(62 / 0.45, latency["max"]!.GetValue<double>(), 6);
    }

    [Fact]
    public void Sequential_reads_reach_the_bandwidth_of_the_board()
    {
        JsonObject report = Report("--requests", "200000");
        Assert.InRange(Number(report, "bytesPerSecond") / 13.27e9, 0.97, 1.03);
        Assert.InRange(Number(report, "shareOfPeak"), 0.9, 0.94);
    }

    [Theory]
    [InlineData("--ports 0-3,8 --pseudo-channels 4-8", "port to PC one to one: 0-3,8 to 4-8", 5)]
    [InlineData("--ports 0-3 --pseudo-channels 2", "ports 0-3 all to PC 2", 1)]
    [InlineData("--ports 5 --pseudo-channels 4-6", "port 5 round robin over PCs 4-6", 3)]
    [InlineData("--ports 0,1 --pseudo-channels 0-3", "ports 0-1 each round robin over all of PCs 0-3, each port beginning one further", 4)]
    [InlineData("--ports 7 --pseudo-channels 7 --set axi.switchOn=false", "port 7 to PC 7; switch off", 1)]
    public void Ports_and_pseudo_channels_pair_by_rule(string arguments, string rule, int channels)
    {
        CliResult result = bench.Run(["hbm", "--requests", "600", "--json", "pair.json", .. arguments.Split(' ')]);
        Assert.True(result.Code == 0, result.ToString());
        Assert.Contains($"ports: {rule}; ", result.Output, StringComparison.Ordinal);
        JsonArray reached = Json(File.ReadAllText(bench.PathOf("pair.json")))["perPseudoChannel"]!.AsArray();
        Assert.Equal(channels, reached.Count);
        Assert.All(reached, c => Assert.Equal(600 / channels, c!["requests"]!.GetValue<int>()));
    }

    [Fact]
    public void Requests_that_do_not_divide_are_dealt_evenly()
    {
        JsonObject report = Report("--ports", "0-3", "--pseudo-channels", "0-3", "--requests", "10");
        Assert.Equal([3, 3, 2, 2], report["perPseudoChannel"]!.AsArray().Select(c => c!["requests"]!.GetValue<int>()));
    }

    [Fact]
    public void Requests_that_are_not_aligned_cost_more_bursts()
    {
        JsonObject report = Report("--pattern", "stride", "--stride", "97", "--working-set", "9700", "--bytes-per-request", "32", "--requests", "100");
        Assert.Equal(3200, Number(report, "bytes"));
        int bursts = Enumerable.Range(0, 100).Sum(i => ((97 * i) + 31) / 32 - (97 * i / 32) + 1);
        Assert.Equal(bursts * 32, Number(report, "burstBytes"));
    }

    [Fact]
    public void The_file_of_requests_agrees_with_the_summary_and_a_sort_with_the_percentiles()
    {
        JsonObject report = Report("--pattern", "random", "--requests", "20000", "--write-share", "0.3", "--ports", "0-1", "--pseudo-channels", "0-1", "--port-megahertz", "333.125", "--per-request", "each.csv");
        string[][] rows = [.. File.ReadAllLines(bench.PathOf("each.csv")).Skip(1).Select(l => l.Split(','))];
        Assert.Equal(20000, rows.Length);
        Assert.Equal(Number(report, "bytes"), rows.Sum(r => long.Parse(r[4], CultureInfo.InvariantCulture)));
        Assert.Equal(Number(report, "writes"), rows.Count(r => r[5] == "W"));
        Assert.All(rows, r => Assert.Equal(r[2], r[1]));
        foreach ((string kind, string key) in new[] { ("R", "readLatencyNanoseconds"), ("W", "writeLatencyNanoseconds") })
        {
            string[][] own = [.. rows.Where(r => r[5] == kind)];
            long[] cycles = [.. own.Select(r => long.Parse(r[7], CultureInfo.InvariantCulture) - long.Parse(r[6], CultureInfo.InvariantCulture)).Order()];
            JsonNode latency = report[key]!;
            foreach ((string name, double share) in new[] { ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999), ("max", 1) })
            {
                Assert.Equal(cycles[(int)Math.Ceiling(Math.Round(share * cycles.Length, 6)) - 1] * 1e6 / 333_125, latency[name]!.GetValue<double>(), 9);
            }

            Assert.Equal(cycles[0] * 1e6 / 333_125, latency["min"]!.GetValue<double>(), 9);
            Assert.Equal(cycles.Average() * 1e6 / 333_125, latency["mean"]!.GetValue<double>(), 6);
            Assert.All(own, r => Assert.Equal((long.Parse(r[7], CultureInfo.InvariantCulture) - long.Parse(r[6], CultureInfo.InvariantCulture)) * 1e6 / 333_125, double.Parse(r[8], CultureInfo.InvariantCulture), 0.00051));
        }
    }

    [Fact]
    public void Two_equal_runs_write_equal_bytes_and_the_echoed_command_makes_them_again()
    {
        string[] arguments = ["hbm", "--pattern", "random", "--requests", "3000", "--write-share", "0.25", "--ports", "0,2", "--pseudo-channels", "1", "--seed", "9", "--id", "one", "--outstanding", "7", "--set", "hbm.reordering=false"];
        string[] first = Files(arguments, "one");
        Assert.Equal(first, Files(arguments, "two"));
        Assert.Equal(first, Files([.. Text(Json(first[0])["command"])!.Split(' ').Skip(1)], "three"));
        Assert.NotEqual(first, Files([.. arguments.Select(a => a == "9" ? "10" : a)], "four"));
    }

    [Fact]
    public void Pictures_are_drawings_with_their_titles()
    {
        CliResult result = bench.Run("hbm", "--pattern", "random", "--requests", "4000", "--write-share", "0.4", "--pictures", bench.Root);
        Assert.True(result.Code == 0, result.ToString());
        foreach ((string name, string title) in new[] { ("bandwidth.svg", "Bandwidth over time"), ("latency.svg", "Latency of requests") })
        {
            XDocument drawing = XDocument.Load(bench.PathOf(name));
            Assert.Equal("svg", drawing.Root!.Name.LocalName);
            string[] words = [.. drawing.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
            Assert.Contains(words, w => w.StartsWith(title, StringComparison.Ordinal));
            Assert.Contains("reads", words);
            Assert.Contains("writes", words);
        }
    }

    [Fact]
    public void Json_on_standard_output_stands_alone()
    {
        CliResult result = bench.Run("hbm", "--requests", "10", "--json", "-");
        Assert.Equal(10, Number(Json(result.Output), "requests"));
        Assert.Contains("bandwidth", result.Error, StringComparison.Ordinal);
    }

    private string[] Files(string[] arguments, string name)
    {
        string folder = Directory.CreateDirectory(bench.PathOf(name)).FullName;
        CliResult result = bench.Run([.. arguments, "--json", $"{name}/r.json", "--per-request", $"{name}/r.csv", "--pictures", folder]);
        Assert.True(result.Code == 0, result.ToString());
        return [.. new[] { "r.json", "r.csv", "bandwidth.svg", "latency.svg" }.Select(f => File.ReadAllText(Path.Combine(folder, f)))];
    }

    private JsonObject Report(params string[] arguments)
    {
        CliResult result = bench.Run(["hbm", .. arguments, "--json", "-"]);
        Assert.True(result.Code == 0, result.ToString());
        return Json(result.Output);
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) ? flag.ToString() : node?.ToString();

    private static double Number(JsonObject report, string key) => report[key]!.GetValue<double>();
}
