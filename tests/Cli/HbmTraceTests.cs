using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BcnnSim.Cli;
using Xunit;

namespace BcnnSim.Tests.Cli;

/// <summary>Replay of traces: equal requests give equal results, whatever the format, the file or the pipe; in constant memory.</summary>
public sealed class HbmTraceTests : IClassFixture<CliBench>
{
    private readonly CliBench bench;

    public HbmTraceTests(CliBench bench) => this.bench = bench;

    [Fact]
    public void A_trace_of_a_pattern_gives_the_results_of_the_pattern()
    {
        Write("walk.txt", Enumerable.Range(0, 3000).Select(i => $"R 0x{i * 96 % 65536:x}"));
        Assert.Equal(
            Results("--pattern", "stride", "--stride", "96", "--working-set", "65536", "--requests", "3000"),
            Results("--trace", "walk.txt"));
    }

    [Fact]
    public void Three_formats_give_equal_results_for_equal_requests()
    {
        (string Kind, long Address, long Cycle)[] requests = Random(2000, seed: 4);
        Write("a.txt", requests.Select(r => $"{r.Kind[0]}\t0x{r.Address:X}"));
        Write("a.csv", requests.Select(r => $"\"{r.Kind}\", {r.Address} ").Prepend("kind, address"));
        Assert.Equal(Results("--trace", "a.txt"), Results("--trace", "a.csv"));
        Write("b.txt", requests.Select(r => $" 0x{r.Address:x} {r.Kind}  {r.Cycle}\r"));
        Write("b.csv", requests.Select(r => $"{r.Cycle},32,{r.Kind[0]},0x{r.Address:x}").Prepend("cycle,bytes,kind,address").Prepend("# header below"));
        string timed = Results("--trace", "b.txt");
        Assert.Equal(timed, Results("--trace", "b.csv"));
        Assert.NotEqual(timed, Results("--trace", "a.txt"));

        // Offered all at cycle 0, a trace with cycles does what one without does; only its latencies count from there.
        Write("c.txt", requests.Select(r => $"0x{r.Address:x} {r.Kind} 0"));
        Assert.Equal(Completions("a.txt"), Completions("c.txt"));
    }

    [Fact]
    public void Cycles_of_a_trace_are_when_requests_are_offered()
    {
        Write("sparse.txt", ["0x0 READ 1000", "0x40 READ 5000"]);
        CliResult result = bench.Run("hbm", "--trace", "sparse.txt", "--per-request", "sparse.csv", "--set", "hbm.refresh=off");
        Assert.True(result.Code == 0, result.ToString());
        string[] lines = File.ReadAllLines(bench.PathOf("sparse.csv"));
        Assert.Equal("0,0,0,0x0,32,R,1000,1062,137.778", lines[1]);
        Assert.Equal("1,0,0,0x40,32,R,5000,5055,122.222", lines[2]);
    }

    [Fact]
    public void Ports_take_the_requests_of_a_trace_in_turn_or_by_their_pseudo_channel()
    {
        Write("two.txt", Enumerable.Range(0, 90).Select(i => $"# {i}\nR 0x{((long)(i % 3 == 0 ? 1 : 0) << 28) + (i * 32):x}"));
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1)], Pairs("two.txt", "--ports", "0-1"));
        Assert.Equal([(0, 0), (1, 1)], Pairs("two.txt", "--ports", "0-1", "--set", "axi.switchOn=false"));
        JsonNode turn = JsonNode.Parse(Results("--trace", "two.txt", "--ports", "0-1"))!;
        Assert.Equal(90, turn["requests"]!.GetValue<int>());
    }

    [Fact]
    public void A_pipe_gives_what_the_file_gives_and_stops_at_its_first_bad_line()
    {
        Write("file.txt", Random(5000, seed: 8).Select(r => $"{r.Kind[0]} 0x{r.Address:x}"));
        string expected = Results("--trace", "file.txt");
        Assert.Equal(expected, ResultsOf(Piped("file.txt")));
        Write("bad.txt", File.ReadAllLines(bench.PathOf("file.txt")).Append("R 0xz").Append("nonsense"));
        CliResult bad = Piped("bad.txt");
        Assert.True(bad.Code == 2, bad.ToString());
        Assert.Contains("line 5001, address: 0xz: must be 0x", bad.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("nonsense", bad.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(bench.PathOf("piped.json")));
        Write("empty.csv", ["kind,address"]);
        Assert.Contains("a trace has at least one request", Piped("empty.csv").Error, StringComparison.Ordinal);
        Assert.Contains("is a pipe, which can be read once: one port", Piped("file.txt", "--ports", "0-1").Error, StringComparison.Ordinal);
        Write("other.txt", ["R 0x0", "R 0x10000000"]);
        Assert.Contains("line 2, address: 0x10000000: with axi.switchOn=false port 0 reaches only", Piped("other.txt", "--set", "axi.switchOn=false").Error, StringComparison.Ordinal);
    }

    /// <summary>What a long trace allocates beyond a short one: nothing per line, neither for reading nor for the run.</summary>
    [Fact]
    public void A_trace_ten_times_as_long_takes_no_more_memory()
    {
        Write("short.txt", Enumerable.Range(0, 40_000).Select(i => $"R 0x{i * 32:x}"));
        Write("long.txt", Enumerable.Range(0, 400_000).Select(i => $"R 0x{i * 32:x}"));
        Allocated("short.txt");
        long less = Allocated("short.txt");
        Assert.InRange(Allocated("long.txt") - less, -1_000_000, 1_000_000);
    }

    [Fact]
    public void An_interrupted_run_leaves_what_was_completed()
    {
        using CancellationTokenSource source = new();
        using StringWriter output = new();
        using CancellingWriter error = new(source, " of 100,000 requests done");
        int code = CommandLine.Run(["hbm", "--requests", "100000", "--json", "part.json", "--per-request", "part.csv", "--pictures", "."], new Session(output, error, bench.Root, false, source.Token));
        Assert.Equal(130, code);
        JsonNode report = JsonNode.Parse(File.ReadAllText(bench.PathOf("part.json")))!;
        Assert.True(report["interrupted"]!.GetValue<bool>());
        int done = report["requests"]!.GetValue<int>();
        Assert.InRange(done, 25_000, 99_999);
        Assert.Equal(done + 1, File.ReadAllLines(bench.PathOf("part.csv")).Length);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{done:N0} completed until it was interrupted"), output.ToString(), StringComparison.Ordinal);
        Assert.Contains("interrupted after ", error.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(bench.PathOf("latency.svg")));
    }

    [Fact]
    public void A_run_interrupted_before_anything_completes_is_readable()
    {
        CliResult result = bench.RunUntil(new CancellationToken(canceled: true), "hbm", "--json", "nothing.json", "--pictures", ".");
        Assert.True(result.Code == 130, result.ToString());
        JsonNode report = JsonNode.Parse(File.ReadAllText(bench.PathOf("nothing.json")))!;
        Assert.Equal(0, report["requests"]!.GetValue<int>());
        Assert.Null(report["bytesPerSecond"]);
    }

    private long Allocated(string trace)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        CliResult result = bench.Run("hbm", "--trace", trace);
        Assert.True(result.Code == 0, result.ToString());
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private (int Port, int PseudoChannel)[] Pairs(string trace, params string[] arguments)
    {
        CliResult result = bench.Run(["hbm", "--trace", trace, "--per-request", "pairs.csv", .. arguments]);
        Assert.True(result.Code == 0, result.ToString());
        string[][] rows = [.. File.ReadAllLines(bench.PathOf("pairs.csv")).Skip(1).Select(l => l.Split(','))];
        Assert.Equal(90, rows.Select(r => r[3]).Distinct().Count());
        return [.. rows.Select(r => (int.Parse(r[1], CultureInfo.InvariantCulture), int.Parse(r[2], CultureInfo.InvariantCulture))).Distinct().Order()];
    }

    private string[] Completions(string trace)
    {
        CliResult result = bench.Run("hbm", "--trace", trace, "--per-request", "completions.csv");
        Assert.True(result.Code == 0, result.ToString());
        return [.. File.ReadAllLines(bench.PathOf("completions.csv")).Select(l => { string[] c = l.Split(','); return $"{c[0]},{c[3]},{c[7]}"; })];
    }

    private string Results(params string[] arguments) => ResultsOf(bench.Run(["hbm", .. arguments, "--json", "-"]));

    /// <summary>The document without what names its input.</summary>
    private static string ResultsOf(CliResult result)
    {
        Assert.True(result.Code == 0, result.ToString());
        JsonObject report = JsonNode.Parse(result.Output)!.AsObject();
        report.Remove("options");
        report.Remove("command");
        return report.ToJsonString();
    }

    private CliResult Piped(string file, params string[] arguments)
    {
        string pipe = bench.PathOf("pipe");
        File.Delete(pipe);
        Process.Start("mkfifo", pipe).WaitForExit();
        Task writer = Task.Run(() =>
        {
            try
            {
                using FileStream end = new(pipe, FileMode.Open, FileAccess.Write);
                end.Write(File.ReadAllBytes(bench.PathOf(file)));
            }
            catch (IOException)
            {
                // The reader has seen enough.
            }
        });
        CliResult result = bench.Run(["hbm", "--trace", "pipe", .. arguments, "--json", arguments.Length == 0 && file == "bad.txt" ? "piped.json" : "-"]);
        Assert.True(writer.Wait(TimeSpan.FromMinutes(1)), "the writer of the pipe hangs");
        return result;
    }

    private void Write(string name, IEnumerable<string> lines) => File.WriteAllText(bench.PathOf(name), string.Join('\n', lines) + "\n", new UTF8Encoding(false));

    private static (string Kind, long Address, long Cycle)[] Random(int count, int seed)
    {
        Random random = new(seed);
        long cycle = 0;
        return [.. Enumerable.Range(0, count).Select(_ => (random.Next(3) == 0 ? "WRITE" : "READ", random.NextInt64(1L << 28) * 32, cycle += random.Next(4)))];
    }

    private sealed class CancellingWriter(CancellationTokenSource source, string trigger) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(trigger, StringComparison.Ordinal) == true)
            {
                source.Cancel();
            }
        }
    }
}
