using System.Text;
using Xunit;

namespace BcnnSim.Tests.Cli;

/// <summary>Each case: options of `hbm`, and what its refusal must state.</summary>
public sealed class HbmBadInputTests : IClassFixture<CliBench>
{
    private readonly CliBench bench;

    public HbmBadInputTests(CliBench bench)
    {
        this.bench = bench;
        Write("good.txt", "R 0x0\nW 0x40\n");
        Write("far.txt", "R 0x0\nR 0x10000000\n");
        Write("bytes.csv", "kind,address,bytes\nR,0x0,64\n");
    }

    [Theory]
    [InlineData("--pattern zigzag", "--pattern: value: zigzag: no such pattern", "Choose sequential | stride | random")]
    [InlineData("--pattern stride", "--stride: value: absent: --pattern stride needs the distance", "Give --stride BYTES")]
    [InlineData("--stride 64", "--stride: value: 64: only --pattern stride has a stride", "Remove it")]
    [InlineData("--pattern stride --stride 0", "--stride: value: 0: must be a whole number in 1..268435456", "Give a number")]
    [InlineData("--pattern stride --stride 65 --working-set 64", "--stride: value: 65: must be a whole number in 1..64", "Give a number")]
    [InlineData("--working-set 268435457", "--working-set: value: 268435457: must be a whole number in 1..268435456", "Give a number")]
    [InlineData("--working-set 4KiB", "--working-set: value: 4KiB: must be a whole number", "Give a number")]
    [InlineData("--working-set 16", "--bytes-per-request: value: 32: a request fits the working set of 16 bytes", "Make the request smaller")]
    [InlineData("--bytes-per-request 48", "--working-set: value: 268435456: requests of 48 bytes every 48 would reach beyond the pseudo-channel", "Choose a multiple of the stride, or at most 268435408")]
    [InlineData("--bytes-per-request 0", "--bytes-per-request: value: 0: must be a whole number in 1..1048576", "Give a number")]
    [InlineData("--requests 0", "--requests: value: 0: must be a whole number in 1..1000000000000", "Give a number")]
    [InlineData("--requests 1e6", "--requests: value: 1e6: must be a whole number", "Give a number")]
    [InlineData("--outstanding 0", "--outstanding: value: 0: must be a whole number in 1..512", "Give a number")]
    [InlineData("--outstanding 513", "--outstanding: value: 513: must be a whole number in 1..512", "Give a number")]
    [InlineData("--write-share 1.5", "--write-share: value: 1.5: must be a number in 0..1", "Give a share")]
    [InlineData("--write-share NaN", "--write-share: value: NaN: must be a number in 0..1", "Give a share")]
    [InlineData("--ports 0-32", "--ports: value: 0-32: '0-32' is no number or ascending range in 0..31", "Write numbers and ranges, for example 0-3,8")]
    [InlineData("--ports 3-0", "--ports: value: 3-0: '3-0' is no number or ascending range", "Write numbers")]
    [InlineData("--ports 1,,2", "--ports: value: 1,,2: '' is no number", "Write numbers")]
    [InlineData("--ports 1-3,2", "--ports: value: 1-3,2: 2 is named twice", "Name every number once")]
    [InlineData("--pseudo-channels -1", "--pseudo-channels: value: -1: '-1' is no number", "Write numbers")]
    [InlineData("--id two", "--id: value: two: no such choice of identifiers", "Choose rotate | one")]
    [InlineData("--port-megahertz 451", "--port-megahertz: value: 451: a port runs at 1..450 MHz, in whole kilohertz", "Give whole kilohertz")]
    [InlineData("--port-megahertz 300.0001", "--port-megahertz: value: 300.0001: a port runs at 1..450 MHz, in whole kilohertz", "Give whole kilohertz")]
    [InlineData("--port-megahertz 449.999 --set clocks.axiKilohertz=449998 --set clocks.arrayKilohertz=449998", "--port-megahertz: value: 449.999: the common tick rate with the AXI clock of 449998 kHz exceeds", "Choose a clock")]
    [InlineData("--port-megahertz 449 --set clocks.arrayKilohertz=100000 --set clocks.crossingForwardEdges=8 --set clocks.crossingDepth=8", "--set: clocks.crossingDepth: 8: full rate between ports at 449 MHz and the AXI clock needs 9 beats", "Choose at least 9")]
    [InlineData("--timing nowhere.json", "nowhere.json: file: ", "the file must exist")]
    [InlineData("--seed -1", "--seed: value: -1: must be a whole number in 0..2147483647", "Give a number")]
    [InlineData("--ports 0-1 --pseudo-channels 1,0 --set axi.switchOn=false", "--pseudo-channels: value: 1,0: with axi.switchOn=false a port reaches only the pseudo-channel of its number, not 0 to 1", "Give --ports and --pseudo-channels the same list")]
    [InlineData("--ports 0-1 --set axi.switchOn=false", "--pseudo-channels: value: 0: with axi.switchOn=false", "not 1 to 0")]
    [InlineData("--bytes-per-request 512 --set axi.maxOutstandingReads=8 --set dma.outstandingReads=1 --set dma.maxBurstBeats=4", "--set: axi.maxOutstandingReads: 8: a request is cut into bursts of up to 16 beats", "Allow 16 or more")]
    [InlineData("--bytes-per-request 64 --write-share 1 --set axi.maxOutstandingWrites=1 --set dma.outstandingWrites=1 --set dma.maxBurstBeats=1", "--set: axi.maxOutstandingWrites: 1: a request is cut into bursts of up to 2 beats", "Allow 2 or more")]
    [InlineData("--set hbm.lookAhead=3", "hbm.lookAhead: 3: no such design parameter", "Known here")]
    [InlineData("--design nowhere.json", "nowhere.json: file:", "the file must exist", "Check the path")]
    [InlineData("--per-request -", "--per-request: value: -: the requests are written to a file", "Name a file")]
    [InlineData("--per-request no/such.csv", "--per-request: value: no/such.csv: its folder does not exist", "Name a file")]
    [InlineData("--pictures nowhere", "--pictures: value: nowhere: it is not a folder that exists", "Name an existing folder")]
    [InlineData("--json same.out --per-request same.out", "--per-request: value: same.out: it cannot be written, or another run is writing it", "Name a file of its own")]
    [InlineData("--trace-format csv", "--trace-format: value: csv: there is no trace", "Name one with --trace")]
    [InlineData("--trace good.txt --trace-format xml", "--trace-format: value: xml: no such format", "Choose kind-address | address-kind-cycle | csv")]
    [InlineData("--trace nowhere.txt", "nowhere.txt: file:", "the file must exist", "Check the path")]
    [InlineData("--trace models", "models: file:", "it is a folder", "Name a trace")]
    [InlineData("--trace good.txt --json good.txt", "--json: value: good.txt: it is an input of this command", "Name a file of its own")]
    [InlineData("--trace good.txt --pattern random --requests 3 --seed 2 --write-share 1 --pseudo-channels 0", "refused, 5 reasons", "--pattern: value: random: a trace says itself what it asks for", "--seed: value: 2", "Remove it")]
    [InlineData("--trace bytes.csv --bytes-per-request 32", "--bytes-per-request: value: 32: bytes.csv has a column of bytes", "Remove one of them")]
    [InlineData("--trace far.txt --set axi.switchOn=false", "--ports: value: 0: with axi.switchOn=false a port reaches only the pseudo-channel of its number, and far.txt has requests to 1", "Name these ports too")]
    [InlineData("extra", "bcnnsim hbm: argument: extra: ", "See bcnnsim hbm --help")]
    [InlineData("--frobnicate", "bcnnsim hbm: option: --frobnicate: unknown option", "Known here: --trace, --trace-format, --pattern")]
    public void A_wrong_command_line_is_refused_with_name_value_rule_and_remedy(string arguments, params string[] expected) =>
        Refused(bench.Run(["hbm", .. arguments.Split(' ')]), expected);

    [Theory]
    [InlineData("", "trace.txt: line 1: end of the trace: a trace has at least one request", "Give a trace")]
    [InlineData("# nothing\n\n", "line 1: end of the trace", "Give a trace")]
    [InlineData("kind,address\n", "lines: only a header: a trace has at least one request", "Give a trace")]
    [InlineData("hello\n", "line 1, line: hello: is in none of the formats", "--trace-format")]
    [InlineData("R 0x0\nX 0x20\n", "line 2, kind: X: must be R or W", "Correct the line")]
    [InlineData("R 0x0\nr 0x20\n", "line 2, kind: r: must be R or W", "Correct the line")]
    [InlineData("R 0x0\n# note\n\nR 40\n", "line 4, address: 40: must be 0x and a hexadecimal number", "Correct the line")]
    [InlineData("R 0x0\nR 0x\n", "line 2, address: 0x: must be 0x", "Correct the line")]
    [InlineData("R 0x0\nR 0x2g\n", "line 2, address: 0x2g: must be 0x", "Correct the line")]
    [InlineData("R 0x0\nR 0xFFFFFFFFFFFFFFFFF\n", "line 2, address: 0xFFFFFFFFFFFFFFFFF: must be 0x", "Correct the line")]
    [InlineData("R 0x0\nR 0xffffffffffffffff\n", "line 2, address: 0xffffffffffffffff: the memory has 8 GiB", "Correct the address")]
    [InlineData("R 0x200000000\n", "line 1, address: 0x200000000: the memory has 8 GiB: below 0x200000000", "Correct the address")]
    [InlineData("R 0x1fffffff0\n", "line 1, bytes: 32 at 0x1fffffff0: a request stays within its pseudo-channel of 256 MiB, here below 0x200000000", "Split it")]
    [InlineData("R 0x0\nR\n", "line 2, line: R: address is missing", "Complete the line")]
    [InlineData("R 0x0\nR 0x20 5\n", "line 2, line: 5: one word too many: a line has kind, address", "Correct the line")]
    [InlineData("0x0 READ 5\n0x0 R 6\n", "line 2, kind: R: must be READ or WRITE", "Correct the line")]
    [InlineData("0x0 READ 5\n0x0 READ 4\n", "line 2, cycle: 4: cycles must not decrease: 5 came before", "Sort the trace by cycle")]
    [InlineData("0x0 READ 5\n0x0 READ -4\n", "line 2, cycle: -4: must be a whole number in 0..", "Correct the line")]
    [InlineData("0x0 READ 1000000000001\n", "line 1, cycle: 1000000000001: must be a whole number in 0..1000000000000", "Correct the line")]
    [InlineData("0x0 READ\n", "line 1, line: 0x0 READ: cycle is missing", "Complete the line")]
    [InlineData("kind,adress\nR,0x0\n", "line 1, header: adress: the columns are kind, address, bytes, cycle", "Name the columns")]
    [InlineData("kind,address,kind\nR,0x0,R\n", "line 1, header: kind: every column occurs once", "Name the columns")]
    [InlineData("kind,cycle\nR,3\n", "line 1, header: kind,cycle: kind and address are needed", "Name the columns")]
    [InlineData("kind,address\nR,\n", "line 2, address: : must be a number, decimal or 0x and hexadecimal", "Correct the line")]
    [InlineData("kind,address\nR,+5\n", "line 2, address: +5: must be a number", "Correct the line")]
    [InlineData("kind,address\nR\n", "line 2, line: R: address is missing", "Complete the line")]
    [InlineData("kind,address\nR,0,\n", "line 2, line: : one word too many", "Correct the line")]
    [InlineData("kind,address,bytes\nR,0,0\n", "line 2, bytes: 0: must be a whole number in 1..1048576", "Correct the line")]
    [InlineData("kind,address,bytes\nR,268435455,2\n", "line 2, bytes: 2 at 0xfffffff: a request stays within its pseudo-channel", "Split it")]
    public void A_bad_trace_is_refused_with_line_field_value_rule_and_remedy(string trace, params string[] expected)
    {
        Write("trace.txt", trace);
        Refused(bench.Run("hbm", "--trace", "trace.txt", "--json", "never.json", "--per-request", "never.csv"), expected);
        Assert.Empty(Directory.GetFiles(bench.Root, "never*"));
    }

    [Fact]
    public void Twenty_bad_lines_are_shown_and_the_rest_is_counted()
    {
        Write("many.txt", string.Concat(Enumerable.Range(0, 30).Select(i => $"R 0x{i}\nR {i}\n")));
        CliResult result = bench.Run("hbm", "--trace", "many.txt");
        Assert.StartsWith("refused, 21 reasons:", result.Error, StringComparison.Ordinal);
        Assert.Contains("many.txt: line 40, address: 19: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("line 42", result.Error, StringComparison.Ordinal);
        Assert.Contains("many.txt: lines: 10 more: they are wrong as well", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_line_ends_is_no_trace_whatever_its_length()
    {
        File.WriteAllBytes(bench.PathOf("binary.bin"), new byte[3_000_000]);
        Refused(bench.Run("hbm", "--trace", "binary.bin"), ["binary.bin: line 1, line: ????", "is in none of the formats"]);
        Write("long.txt", "R 0x0\n" + new string('R', 1_000_000));
        Refused(bench.Run("hbm", "--trace", "long.txt"), ["refused:", "long.txt: line 2, line: RRRR", "is longer than 4096 bytes"]);
    }

    private void Write(string name, string text) => File.WriteAllText(bench.PathOf(name), text, new UTF8Encoding(false));

    private static void Refused(CliResult result, string[] expected)
    {
        Assert.True(result.Code == 2, result.ToString());
        Assert.StartsWith("refused", result.Error, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.True(part.Split('|').Any(p => result.Error.Contains(p, StringComparison.Ordinal)) || result.Error.Contains(part, StringComparison.Ordinal), $"'{part}' is missing\n{result}"));
        Assert.Equal("", result.Output);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
