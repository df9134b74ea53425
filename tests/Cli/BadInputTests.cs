using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Cli;

/// <summary>Each case: a command line, and the name, value, rule and remedy that its refusal must state.</summary>
public sealed class BadInputTests : IClassFixture<CliBench>
{
    private readonly CliBench bench;

    public BadInputTests(CliBench bench)
    {
        this.bench = bench;
        File.WriteAllText(bench.PathOf("broken.json"), "{ \"schema\": ");
        File.WriteAllText(bench.PathOf("list.json"), "[1]");
        FrameFile.Write(bench.PathOf("wide.bcnnframes"), Wide(bench.Network));
        FrameFile.Write(bench.PathOf("labels.bcnnframes"), Mislabelled(bench));
        CopyTruncated(bench, "cut");
    }

    [Theory]
    [InlineData("run tiny --frobnicate", "bcnnsim run: option: --frobnicate: unknown option", "Known here: --network, --shapes")]
    [InlineData("run tiny -x", "bcnnsim run: option: -x: unknown option", "--json")]
    [InlineData("simulate", "bcnnsim: argument: simulate: unknown command", "Known here: run, explain, ")]
    [InlineData("--count 3", "bcnnsim: option: --count: unknown option", "Known here: --help, --version, --json")]
    [InlineData("run tiny --count", "--count: value: absent: the option needs a value", "Write --count N")]
    [InlineData("run tiny --count 3 --count 4", "--count: value: 3 4", "Give --count once")]
    [InlineData("run tiny --count abc", "--count: value: abc: must be a whole number in 1..2147483647", "Give a number")]
    [InlineData("run tiny --count 2.5", "--count: value: 2.5: must be a whole number", "Give a number")]
    [InlineData("run tiny --count 0", "--count: value: 0: must be a whole number", "Give a number in 1..")]
    [InlineData("run tiny --count -3", "--count: value: -3: must be a whole number", "Give a number in 1..")]
    [InlineData("run tiny --count 99999999999", "--count: value: 99999999999: must be a whole number", "Give a number in 1..")]
    [InlineData("run tiny --count 21", "--count: value: 21: traces/frames/tiny-test.bcnnframes holds 20 frames", "Give 1..20")]
    [InlineData("run tiny --frames-in-flight 65", "--frames-in-flight: value: 65: must be a whole number in 1..64", "Give a number in 1..64")]
    [InlineData("run tiny --frames-in-flight 2 --set execution.framesInFlight=3", "execution.framesInFlight: 2: the parameter is set twice", "Keep one")]
    [InlineData("run huge", "NETWORK: argument: huge: no such network or folder", "Known: cut, tiny")]
    [InlineData("run tiny --network tiny", "NETWORK: argument: tiny: the network is named twice", "Name it once")]
    [InlineData("run ../..", "network.json: file:", "the file must exist", "Check the path")]
    [InlineData("run cut", "weights.safetensors: ", "does not match|truncated|must|hash", "")]
    [InlineData("run models/networks/tiny", "--frames: value: absent: models/networks/tiny is not a committed network", "Name a .bcnnframes file")]
    [InlineData("run tiny --design nowhere.json", "nowhere.json: file:", "the file must exist", "Check the path")]
    [InlineData("run tiny --design broken.json", "broken.json: root line 1", "must be valid JSON", "Correct the text")]
    [InlineData("run tiny --design list.json", "list.json: root: Array: must be one JSON object", "Write an object")]
    [InlineData("run tiny --set peArray.outputLanes", "--set peArray.outputLanes: argument: peArray.outputLanes: an override is path=value", "For example")]
    [InlineData("run tiny --set peArray.lanes=3", "--set peArray.lanes=3: peArray.lanes: 3: no such design parameter", "Known here: peArray.outputLanes, peArray.pixelLanes")]
    [InlineData("run tiny --set speed=3", "--set speed=3: speed: 3: no such design parameter", "Known here: name, clocks.*")]
    [InlineData("run tiny --set norm.lanes=many", "norm.lanes: many: complex sums per cycle", "Choose 1..4096")]
    [InlineData("run tiny --set norm.lanes=-1", "norm.lanes: -1: complex sums per cycle", "a whole number in 1..4096 lanes", "Choose 1..4096")]
    [InlineData("run tiny --set norm.lanes=99999999999", "norm.lanes: 99999999999:", "a whole number in 1..4096 lanes", "Choose 1..4096")]
    [InlineData("run tiny --set peArray.kind=five", "peArray.kind: \"five\": popcounts per complex dot product", "Choose four | three | two")]
    [InlineData("run tiny --set hbm.refresh=yes", "hbm.refresh: \"yes\": refresh: all banks at once, one bank after the other, or off", "Choose off | allBank | singleBank")]
    [InlineData("run tiny --set norm.lanes=8 --set norm.lanes=16", "norm.lanes: 16: the parameter is set twice", "Keep one of the two")]
    [InlineData("run tiny --set norm.lanes=3", "--set norm.lanes=3: norm.lanes: 3: must divide or be a multiple of", "Choose")]
    [InlineData("run tiny --set weightBuffer.words=1", "network tiny on design u280-reference: weights:", "resident weight words fit weightBuffer.words = 1", "Raise weightBuffer.words")]
    [InlineData("run tiny --frames nowhere.bcnnframes", "nowhere.bcnnframes: file:", "the file must exist", "Check the path")]
    [InlineData("run tiny --frames list.json", "list.json: magic:", "must begin with BCNNFRAM", "pack the data again")]
    [InlineData("run tiny --frames wide.bcnnframes", "wide.bcnnframes: shape:", "network tiny takes", "Give frames that were packed for this network")]
    [InlineData("run tiny --frames labels.bcnnframes", "labels.bcnnframes: label of frame 3: 99: network tiny has the classes 0..", "Give frames that were labelled")]
    [InlineData("run tiny cut --frames wide.bcnnframes", "--frames: value: wide.bcnnframes: one file of frames belongs to one network", "Run the networks one by one")]
    [InlineData("run tiny --json models", "--json: value: models: it is a folder", "Name a file")]
    [InlineData("run tiny --json no/such/place.json", "--json: value: no/such/place.json: its folder does not exist", "Name a file")]
    [InlineData("run tiny --json Simulator.sln/x.json", "--json: value: Simulator.sln/x.json: its folder does not exist", "Name a file")]
    [InlineData("run tiny --json models/designs/u280-reference.json", "u280-reference.json: it is an input of this command", "Name a file of its own")]
    [InlineData("run tiny --json models/networks/tiny/network.json", "network.json: it is an input of this command", "Name a file of its own")]
    [InlineData("run tiny --check --no-check", "--no-check: option: with --check: the two contradict each other", "Give one of them")]
    [InlineData("explain", "NETWORK: argument: absent: explain needs a network", "Name a network")]
    [InlineData("explain huge", "NETWORK: argument: huge: no such network", "Known: cut, tiny")]
    [InlineData("explain tiny cut", "bcnnsim explain: argument: cut: one argument too many", "See bcnnsim explain --help")]
    [InlineData("explain --colour", "bcnnsim explain: option: --colour: unknown option", "--parameters")]
    [InlineData("explain tiny --set lineBuffer.windowWords=1", "window words fit lineBuffer.windowWords = 1", "Raise lineBuffer.windowWords")]
    [InlineData("run --shapes nowhere.csv", "nowhere.csv: file:", "the file must exist", "Check the path")]
    [InlineData("run --shapes broken.json", "broken.json: text line 1", "must be valid JSON", "Correct the text")]
    [InlineData("run --shapes list.json", "list.json: text: Array: must be one JSON object", "Write an object")]
    [InlineData("run --shapes", "--shapes: value: absent: the option needs a value", "Write --shapes FILE")]
    [InlineData("run --shapes broken.json --shapes broken.json", "--shapes: value: broken.json: the shape is named twice", "Name it once")]
    [InlineData("run --shapes list.json --check", "--check: option: with a shape: a shape is timing only", "Remove it")]
    [InlineData("run --shapes list.json --frames wide.bcnnframes", "--frames: value: wide.bcnnframes: a shape is timing only", "Remove it")]
    [InlineData("run --shapes list.json --input-bits 4", "--input-bits: option: 4: only a topology (.csv) leaves the input bits open", "Remove it")]
    [InlineData("run --shapes nowhere.csv --input-bits 9", "--input-bits: value: 9: must be a whole number in 1..8", "Give a number in 1..8")]
    [InlineData("run tiny --input-bits 4", "--input-bits: option: 4: only a topology (.csv)", "Remove it")]
    [InlineData("explain tiny --shapes list.json", "--shapes: value: list.json: explain takes one network or shape", "Name one of them")]
    [InlineData("run tiny --set weightBuffer.words=16777216", "models/designs/u280-reference.json: URAM: ", "the Alveo U280 has 960 (first estimate, no place and route)", "Reduce weightBuffer first")]
    [InlineData("run tiny --set classifier.lanes=4096 --set norm.lanes=2048 --set activationBuffer.banks=256 --set shortcutBuffer.banks=256", "DSP: 12288: the Alveo U280 has 9024", "Reduce norm first")]
    [InlineData("validate nowhere.json", "nowhere.json: file:", "the file must exist", "Check the path")]
    [InlineData("validate broken.json list.json", "broken.json: text line 1", "list.json: text: Array: must be one JSON object", "Write an object")]
    [InlineData("validate list.json list.json", "CLAIM: argument: list.json: the claim is named twice", "Name it once")]
    [InlineData("validate --frobnicate", "bcnnsim validate: option: --frobnicate: unknown option", "Known here: --network, --design")]
    [InlineData("validate list.json broken.json --network tiny", "--network: value: tiny: one network is evidence for one claim", "Name one claim file")]
    [InlineData("validate", "CLAIM: argument: absent: no claim is committed under models/claims", "Name a claim file")]
    [InlineData("validate list.json --set weightBuffer.words=16777216", "URAM: ", "the Alveo U280 has 960", "list.json: text")]
    [InlineData("compare a.json", "bcnnsim compare: arguments: -: Required argument 'B' missing", "See bcnnsim compare --help")]
    [InlineData("compare list.json nowhere.json", "list.json: $", "not a report of schema bcnnsim.run/1", "nowhere.json: file:", "the file must exist")]
    [InlineData("compare broken.json broken.json --tolerance -1", "--tolerance: value: -1: must be a number in 0..1", "Give a relative difference")]
    [InlineData("compare broken.json broken.json --tolerance NaN", "--tolerance: value: NaN: must be a number in 0..1", "broken.json: $")]
    public void A_wrong_command_line_is_refused_with_name_value_rule_and_remedy(string arguments, params string[] expected)
    {
        CliResult result = bench.Run(arguments.Split(' '));
        Assert.True(result.Code == 2, result.ToString());
        Assert.StartsWith("refused", result.Error, StringComparison.Ordinal);
        foreach (string part in expected)
        {
            Assert.True(part.Split('|').Any(p => result.Error.Contains(p, StringComparison.Ordinal)) || result.Error.Contains(part, StringComparison.Ordinal), $"'{part}' is missing\n{result}");
        }

        AssertNothingHappened(result);
    }

    [Fact]
    public void All_violations_of_flags_and_files_come_together()
    {
        CliResult result = bench.Run(
            "run", "tiny", "--oops", "--count", "-1", "--frames", "nowhere.bcnnframes", "--set", "a=1", "--set", "peArray.kind=five", "--json", "no/such.json", "--check", "--no-check");
        Assert.True(result.Code == 2, result.ToString());
        Assert.StartsWith("refused, 7 reasons:", result.Error, StringComparison.Ordinal);
        Assert.Equal(8, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        AssertNothingHappened(result);
    }

    [Fact]
    public void Without_any_network_the_main_job_says_so()
    {
        using TemporaryFolder empty = new();
        File.WriteAllText(empty.File("Simulator.sln"), "");
        using StringWriter output = new();
        using StringWriter error = new();
        int code = BcnnSim.Cli.CommandLine.Run([], new BcnnSim.Cli.Session(output, error, empty.FullName, false, CancellationToken.None));
        Assert.Equal(2, code);
        Assert.Contains("no network is committed under models/networks", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("u280-reference.json: file:", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_that_begins_with_at_opens_no_response_file()
    {
        CliResult result = bench.Run("run", "@list.json");
        Assert.Contains("NETWORK: argument: @list.json: no such network", result.Error, StringComparison.Ordinal);
    }

    private static void AssertNothingHappened(CliResult result)
    {
        Assert.Equal("", result.Output);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", result.Error, StringComparison.Ordinal);
    }

    private static FrameSet Wide(Network network)
    {
        Network other = network with { Input = network.Input with { Width = network.Input.Width + 1 } };
        return RandomNetworks.Frames(other, 2, 3);
    }

    private static FrameSet Mislabelled(CliBench bench) => bench.Frames with
    {
        Frames = [.. bench.Frames.Frames.Select((f, i) => i == 3 ? f with { Label = 99 } : f)],
    };

    private static void CopyTruncated(CliBench bench, string name)
    {
        string folder = bench.PathOf("models", "networks", name);
        Directory.CreateDirectory(folder);
        string source = bench.PathOf("models", "networks", CliBench.NetworkName);
        File.Copy(Path.Combine(source, NetworkFile.JsonName), Path.Combine(folder, NetworkFile.JsonName), overwrite: true);
        byte[] weights = File.ReadAllBytes(Path.Combine(source, NetworkFile.WeightsName));
        File.WriteAllBytes(Path.Combine(folder, NetworkFile.WeightsName), weights[..^5]);
    }
}
