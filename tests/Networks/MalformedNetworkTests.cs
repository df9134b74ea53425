using System.Text;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

/// <summary>Broken network.json files, each refused with file, place, value and rule.</summary>
public sealed class MalformedNetworkTests
{
    private const string Conv2 = "nodes[1] (conv2)";

    private static readonly Dictionary<string, MalformedCase> Cases = new(StringComparer.Ordinal)
    {
        ["text cut short"] = Json("text line", "", "valid JSON") with { TextBytes = b => b[..(b.Length / 2)] },
        ["empty text"] = Json("text", "", "valid JSON") with { TextBytes = _ => [] },
        ["comment"] = Json("text line 1", "'/'", "valid JSON", "{\n", "{ // hello\n"),
        ["trailing comma"] = Json("text line", "trailing comma", "valid JSON", "\"seed\": \"1\"", "\"seed\": \"1\","),
        ["NaN"] = Json("text line", "'N'", "valid JSON", "2.5", "NaN"),
        ["array instead of object"] = Json("text", "Array", "one JSON object") with { Text = _ => "[]" },
        ["nesting bomb"] = Json("text line 1", "depth", "valid JSON") with { Text = _ => new string('[', 100_000) },
        ["broken UTF-8"] = Json("text", "", "valid Unicode") with { TextBytes = b => Patch(b, "tiny"u8, 0xFF) },
        ["lone surrogate"] = Json("text", "", "valid Unicode", "\"tiny\"", "\"\\ud800\""),
        ["number beyond double"] = Json("transformParameters.clip", "1e999", "finite", "2.5", "1e999"),
        ["duplicate key"] = Json("network.name", "\"tiny\"", "duplicate key", "\"classes\": [", "\"name\": \"tiny\", \"classes\": ["),
        ["duplicate key in a node"] = Json(Conv2 + ".sumPool", "1", "duplicate key", "\"name\": \"conv2\"", "\"name\": \"conv2\", \"sumPool\": 1"),
        ["unknown key"] = Json("network.comment", "\"hi\"", "unknown key", "\"classes\": [", "\"comment\": \"hi\", \"classes\": ["),
        ["unknown key in a node"] = Json(Conv2 + ".dilation", "[1]", "unknown key", "\"name\": \"conv2\"", "\"name\": \"conv2\", \"dilation\": [1]"),
        ["missing key"] = Json("network.input.inputBits", "absent", "missing key", "\"inputBits\": 2,", ""),
        ["wrong version"] = Json("network.schema", "bcnnsim.network/9", "must be bcnnsim.network/1", "network/1", "network/9"),
        ["network name leaves the folder"] = Json("network.name", "../../evil", "a-z", "\"tiny\"", "\"../../evil\""),
        ["hidden name"] = Json("network.name", "..", "begin with a letter", "\"tiny\"", "\"..\""),
        ["node name with separator"] = Json("nodes[0]", "conv/1", "a-z", "\"name\": \"conv1\"", "\"name\": \"conv/1\""),
        ["height 0"] = Json("input.height", "0", "1..65536", "\"height\": 4", "\"height\": 0"),
        ["height too large"] = Json("input.height", "65537", "1..65536", "\"height\": 4", "\"height\": 65537"),
        ["height beyond 64 bits"] = Json("input.height", "99999999999999999999", "1..65536", "\"height\": 4", "\"height\": 99999999999999999999"),
        ["height as text"] = Json("input.height", "\"4\"", "JSON number", "\"height\": 4", "\"height\": \"4\""),
        ["height with a fraction"] = Json("input.height", "4.5", "whole number", "\"height\": 4", "\"height\": 4.5"),
        ["input map overflows"] = Json("input.height", "65536x65536x3", "at most", "\"height\": 4,\n    \"width\": 4", "\"height\": 65536,\n    \"width\": 65536"),
        ["nine input bits"] = Json("input.inputBits", "9", "1..8", "\"inputBits\": 2", "\"inputBits\": 9"),
        ["negative stride"] = Node("stride[0]", "-1", "1..65536", "\"stride\": [\n        1,", "\"stride\": [\n        -1,"),
        ["zero stride"] = Node("stride[0]", "0", "1..65536", "\"stride\": [\n        1,", "\"stride\": [\n        0,"),
        ["kernel of three axes"] = Node("kernel", "[", "two numbers", "\"kernel\": [", "\"kernel\": [ 1,"),
        ["padding as large as the kernel"] = Json("nodes[0] (conv1).padding", "[3, 1]", "smaller than the kernel [3, 3]", "\"padding\": [\n        1,", "\"padding\": [\n        3,"),
        ["kernel larger than the map"] = Json("nodes[2] (conv3).kernel", "[9, 2]", "fit the padded map 2x2x6", "\"kernel\": [\n        2,", "\"kernel\": [\n        9,"),
        ["taps overflow"] = Json("nodes[0] (conv1).kernel", "4294967296", "Kh*Kw*Cin", "\"kernel\": [\n        3,\n        3\n", "\"kernel\": [\n        65536,\n        65536\n"),
        ["output map overflows"] = Json("nodes[0] (conv1).outputChannels", "65536", "at most", "\"height\": 4,\n    \"width\": 4", "\"height\": 64,\n    \"width\": 64", "\"outputChannels\": 5", "\"outputChannels\": 65536"),
        ["accumulator overflows"] = Json("nodes[0] (conv1).sumPool", "2717908992", "must not exceed 2147483647", "\"height\": 4,\n    \"width\": 4", "\"height\": 4096,\n    \"width\": 4096", "\"sumPool\": 1,\n      \"maxPool\": 2", "\"sumPool\": 4096,\n      \"maxPool\": 2"),
        ["sum pool larger than the map"] = Json("nodes[0] (conv1).sumPool", "5", "fit the map 4x4", "\"sumPool\": 1,\n      \"maxPool\": 2", "\"sumPool\": 5,\n      \"maxPool\": 1"),
        ["max pool larger than the map"] = Json("nodes[0] (conv1).maxPool", "5", "fit the map 4x4", "\"maxPool\": 2", "\"maxPool\": 5"),
        ["unknown node kind"] = Json("nodes[3] (head).kind", "dense", "must be", "\"kind\": \"classifier\"", "\"kind\": \"dense\""),
        ["unknown norm kind"] = Node("normKind", "batch", "complex, diagonal or threshold", "\"normKind\": \"diagonal\"", "\"normKind\": \"batch\""),
        ["source is no node"] = Node("input", "conv9", "before this node", "\"input\": \"conv1\"", "\"input\": \"conv9\""),
        ["source is a later node"] = Node("input", "conv3", "before this node", "\"input\": \"conv1\"", "\"input\": \"conv3\""),
        ["duplicate node name"] = Json("nodes[1] (conv1).name", "conv1", "unique", "\"name\": \"conv2\"", "\"name\": \"conv1\""),
        ["node called input"] = Json("nodes[1] (input).name", "input", "unique", "\"name\": \"conv2\"", "\"name\": \"input\""),
        ["classifier first"] = Json("nodes[0] (x)", "x", "last node", "\"nodes\": [", "\"nodes\": [ {\"kind\": \"classifier\", \"name\": \"x\", \"input\": \"input\", \"classes\": 3, \"features\": \"bits\", \"relu\": false},"),
        ["no nodes"] = Json("network.nodes", "0 nodes", "1..1024", "\"nodes\": [", "\"nodes\": [], \"old\": ["),
        ["nodes as object"] = Json("network.nodes", "{}", "JSON array", "\"nodes\": [", "\"nodes\": {}, \"old\": ["),
        ["node is a number"] = Json("nodes[0]", "Number", "must be an object", "\"nodes\": [", "\"nodes\": [ 7,"),
        ["too few class names"] = Json("network.classes", "2", "3 classes", "\"noise\",", ""),
        ["class named twice"] = Json("network.classes[1]", "\"noise\"", "unique", "\"tone\"", "\"noise\""),
        ["unknown pruning structure"] = Json("pruning.structure", "magic", "must be one of", "\"unstructured\"", "\"magic\""),
        ["kept weights misstated"] = Json("pruning.keptWeights", "200", "hold 256", "\"keptWeights\": 256", "\"keptWeights\": 200"),
        ["dense weights below kept"] = Json("pruning.denseWeights", "255", "at least keptWeights", "\"denseWeights\": 261", "\"denseWeights\": 255"),
        ["negative dense weights"] = Json("pruning.denseWeights", "-261", "whole number", "\"denseWeights\": 261", "\"denseWeights\": -261"),
        ["blocks without their size"] = Json("pruning.blockLanes", "absent", "missing key", "\"unstructured\"", "\"block\""),
        ["block of three axes"] = Json("pruning.blockLanes", "[8,4,1]", "two numbers", "\"keptWeights\": 256", "\"keptWeights\": 256, \"blockLanes\": [8,4,1]"),
        ["block wider than any array"] = Json("pruning.blockLanes[1]", "65", "1..64", "\"keptWeights\": 256", "\"keptWeights\": 256, \"blockLanes\": [8,65]"),
        ["provenance is not text"] = Json("provenance.seed", "1", "JSON string", "\"seed\": \"1\"", "\"seed\": 1"),
        ["hash of another file"] = Json("weightsSha256", "0000", "hash to") with { Text = text => text[..(text.LastIndexOf(": \"", StringComparison.Ordinal) + 3)] + new string('0', 64) + "\"\n}\n" },
        ["hash that is none"] = Json("weightsSha256", "xyz", "64 lower-case") with { Text = text => text[..(text.LastIndexOf(": \"", StringComparison.Ordinal) + 3)] + "xyz\"\n}\n" },
        ["graph and tensors of another shape"] = new(NetworkFile.WeightsName, "conv2.weight.re (node conv2)", "[6, 1]", "shape [7, 1]") { Text = MalformedCase.Swap("\"outputChannels\": 6", "\"outputChannels\": 7") },
        ["norm kind and tensors disagree"] = new(NetworkFile.WeightsName, "conv2.norm.a (node conv2)", "[6, 2]", "shape [6, 2, 2]") { Text = MalformedCase.Swap("\"diagonal\"", "\"complex\"") },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_graph_is_refused_with_file_place_value_and_rule(string name) => Cases[name].Check();

    [Fact]
    public void The_tiny_network_itself_is_accepted()
    {
        using TemporaryFolder folder = new();
        NetworkFile.Write(TinyNetwork.Create(), folder.FullName);
        NetworkAssert.Equal(TinyNetwork.Create(), NetworkFile.Read(folder.FullName), "tiny");
    }

    [Fact]
    public void Every_violation_of_both_files_is_reported_at_once()
    {
        using TemporaryFolder folder = new();
        NetworkFile.Write(TinyNetwork.Create(), folder.FullName);
        string text = File.ReadAllText(folder.File(NetworkFile.JsonName));
        text = text.Replace("\"inputBits\": 2", "\"inputBits\": 0", StringComparison.Ordinal).Replace("\"threshold\"", "\"none\"", StringComparison.Ordinal);
        File.WriteAllText(folder.File(NetworkFile.JsonName), text);
        File.WriteAllBytes(folder.File(NetworkFile.WeightsName), [1, 2, 3]);
        InputException refusal = Assert.Throws<InputException>(() => NetworkFile.Read(folder.FullName));
        Assert.Equal(3, refusal.Violations.Count);
        Assert.Contains(refusal.Violations, v => v.Place.EndsWith("inputBits", StringComparison.Ordinal));
        Assert.Contains(refusal.Violations, v => v.Place.EndsWith("normKind", StringComparison.Ordinal));
        Assert.Contains(refusal.Violations, v => v.Source.EndsWith(NetworkFile.WeightsName, StringComparison.Ordinal));
    }

    [Fact]
    public void Missing_files_are_both_named()
    {
        using TemporaryFolder folder = new();
        InputException refusal = Assert.Throws<InputException>(() => NetworkFile.Read(folder.File("nowhere")));
        Assert.Equal(2, refusal.Violations.Count);
        Assert.All(refusal.Violations, v => Assert.Contains("must exist", v.Rule, StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_out_of_the_folder_is_refused()
    {
        using TemporaryFolder folder = new();
        using TemporaryFolder outside = new();
        NetworkFile.Write(TinyNetwork.Create(), outside.FullName);
        NetworkFile.Write(TinyNetwork.Create(), folder.FullName);
        File.Delete(folder.File(NetworkFile.WeightsName));
        File.CreateSymbolicLink(folder.File(NetworkFile.WeightsName), outside.File(NetworkFile.WeightsName));
        InputException refusal = Assert.Throws<InputException>(() => NetworkFile.Read(folder.FullName));
        Assert.Contains("link must not leave", Assert.Single(refusal.Violations).Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_part_draws_no_further_complaints_about_what_depends_on_it()
    {
        using TemporaryFolder folder = new();
        NetworkFile.Write(TinyNetwork.Create(), folder.FullName);
        string text = File.ReadAllText(folder.File(NetworkFile.JsonName));
        File.WriteAllText(folder.File(NetworkFile.JsonName), text.Replace("\"height\": 4", "\"height\": -4", StringComparison.Ordinal));
        InputException refusal = Assert.Throws<InputException>(() => NetworkFile.Read(folder.FullName));
        Assert.Equal("-4", Assert.Single(refusal.Violations).Value);
    }

    private static MalformedCase Json(string place, string value, string rule) => new(NetworkFile.JsonName, place, value, rule);

    private static MalformedCase Json(string place, string value, string rule, string old, string changed)
        => Json(place, value, rule) with { Text = MalformedCase.Swap(old, changed) };

    private static MalformedCase Json(string place, string value, string rule, string old, string changed, string old2, string changed2)
        => Json(place, value, rule) with { Text = text => MalformedCase.Swap(old2, changed2)(MalformedCase.Swap(old, changed)(text)) };

    /// <summary>A case of the second node; the changed text may occur in other nodes too.</summary>
    private static MalformedCase Node(string key, string value, string rule, string old, string changed)
        => Json($"{Conv2}.{key}", value, rule, old, changed);

    private static byte[] Patch(byte[] bytes, ReadOnlySpan<byte> at, byte value)
    {
        byte[] copy = [.. bytes];
        copy[copy.AsSpan().IndexOf(at)] = value;
        return copy;
    }
}
