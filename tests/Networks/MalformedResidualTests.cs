using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

/// <summary>Broken residual networks: every rule of values, residual adds, graphs and value heads.</summary>
public sealed class MalformedResidualTests
{
    private const string Stem = "nodes[0] (stem)";
    private const string A1 = "nodes[1] (a1)";
    private const string B1 = "nodes[2] (b1)";
    private const string B2 = "nodes[5] (b2)";
    private const string Head = "nodes[6] (head)";
    private const string Bits = "\"output\": \"bits\",\n      \"residual\": null";

    private static readonly Dictionary<string, MalformedCase> Cases = new(StringComparer.Ordinal)
    {
        ["output missing"] = Json(A1 + ".output", "absent", "missing key", "\"output\": \"bits\",", ""),
        ["unknown output"] = Json(A1 + ".output", "floats", "bits or values", "\"output\": \"bits\"", "\"output\": \"floats\""),
        ["residual missing"] = Json(A1 + ".residual", "absent", "missing key", Bits, "\"output\": \"bits\""),
        ["residual is no text"] = Json(B1 + ".residual", "7", "JSON string", "\"residual\": \"stem\"", "\"residual\": 7"),
        ["residual on bits"] = Json(A1 + ".residual", "stem", "added to values", Bits, "\"output\": \"bits\",\n      \"residual\": \"stem\""),
        ["residual is no node"] = Json(B1 + ".residual", "nowhere", "before this node", "\"residual\": \"stem\"", "\"residual\": \"nowhere\""),
        ["residual is the frame"] = Json(B1 + ".residual", "input", "has bits", "\"residual\": \"stem\"", "\"residual\": \"input\""),
        ["residual is a later node"] = Json(B1 + ".residual", "b2", "before this node", "\"residual\": \"stem\"", "\"residual\": \"b2\""),
        ["residual is the node itself"] = Json(B1 + ".residual", "b1", "before this node", "\"residual\": \"stem\"", "\"residual\": \"b1\""),
        ["residual has bits"] = Json(B1 + ".residual", "a1", "only values", "\"residual\": \"stem\"", "\"residual\": \"a1\""),
        ["residual of another shape"] = Json(B2 + ".residual", "stem", "map 5x4x3 must equal the map 3x2x5", "\"residual\": \"shortcut\"", "\"residual\": \"stem\""),
        ["values with a threshold"] = Json(Stem + ".normKind", "threshold", "complex or diagonal", "\"normKind\": \"complex\"", "\"normKind\": \"threshold\""),
        ["values max pooled"] = Json(Stem + ".maxPool", "2", "must be 1 with output values", "\"maxPool\": 1", "\"maxPool\": 2"),
        ["fraction bits missing"] = Json("network.valueFractionBits", "absent", "missing key", "\"valueFractionBits\": 8,", ""),
        ["sixteen fraction bits"] = Json("network.valueFractionBits", "16", "0..15", "\"valueFractionBits\": 8", "\"valueFractionBits\": 16"),
        ["fraction bits without values"] = Json("network.valueFractionBits", "3", "0 where no layer has values", "\"valueFractionBits\": 0", "\"valueFractionBits\": 3") with { Network = TinyNetwork.Create },
        ["features missing"] = Json(Head + ".features", "absent", "missing key", "\"features\": \"values\",", ""),
        ["unknown features"] = Json(Head + ".features", "floats", "bits or values", "\"features\": \"values\"", "\"features\": \"floats\""),
        ["relu missing"] = Json(Head + ".relu", "absent", "missing key", "\"features\": \"values\",\n      \"relu\": true", "\"features\": \"values\""),
        ["relu as text"] = Json(Head + ".relu", "\"yes\"", "JSON boolean", "\"relu\": true", "\"relu\": \"yes\""),
        ["relu of bits"] = Json(Head + ".relu", "true", "features values", "\"features\": \"values\"", "\"features\": \"bits\""),
        ["values of a node with bits"] = Json("nodes[3] (head).features", "values", "has bits, not values", "\"features\": \"bits\"", "\"features\": \"values\"") with { Network = TinyNetwork.Create },
        ["nobody reads a result"] = Json(A1, "a1", "no later node reads", "\"input\": \"a1\"", "\"input\": \"stem\""),
        ["shift missing"] = Weights("stem.norm.s (node stem)", "absent", "needs this tensor as U8 [3]") with { Tensors = t => t.RemoveAll(x => x.Name == "stem.norm.s") },
        ["shift of a layer with bits"] = Weights("tensor a1.norm.s", "[4]", "no node of the graph") with { Tensors = t => t.Add(WeightTensor.Of("a1.norm.s", [4], new byte[] { 1, 1, 1, 1 })) },
        ["shift of another shape"] = Weights("b2.norm.s (node b2)", "[5, 1]", "shape [5]") with { Tensors = t => Change(t, "b2.norm.s", x => x with { Shape = [5, 1] }) },
        ["shift of 0"] = Weights("stem.norm.s (node stem)", "channel 1 = 0", "1..40") with { Tensors = t => Shift(t, "stem.norm.s", 1, 0) },
        ["shift of 41"] = Weights("b1.norm.s (node b1)", "channel 2 = 41", "1..40") with { Tensors = t => Shift(t, "b1.norm.s", 2, 41) },
        ["rounding may wrap"] = Weights("stem.norm.c (node stem)", "channel 0 real", "2^(s-1)") with { Tensors = t => { Shift(t, "stem.norm.s", 0, 40); Constant(t, (1L << 47) - 1 - (1L << 38)); } },
        ["score of values may wrap"] = Weights("head.bias (node head)", "class 1 bias 140737488000000", "2^47") with { Tensors = t => Change(t, "head.bias", _ => WeightTensor.Of("head.bias", [3], new long[] { 0, 140_737_488_000_000, 0 })) },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_residual_network_is_refused_with_file_place_value_and_rule(string name) => Cases[name].Check();

    [Fact]
    public void The_tiny_residual_network_itself_is_accepted()
    {
        using TemporaryFolder folder = new();
        NetworkFile.Write(TinyResidualNetwork.Create(), folder.FullName);
        NetworkAssert.Equal(TinyResidualNetwork.Create(), NetworkFile.Read(folder.FullName), "tiny residual");
    }

    [Fact]
    public void Shifts_and_values_must_come_together_to_be_written()
    {
        using TemporaryFolder folder = new();
        Network network = TinyResidualNetwork.Create();
        ConvolutionLayer wrong = network.Layers[1] with { Output = OutputKind.Values };
        InputException refusal = Assert.Throws<InputException>(() => NetworkFile.Write(network with { Layers = [network.Layers[0], wrong, .. network.Layers.Skip(2)] }, folder.FullName));
        Assert.Contains("shifts exactly where", Assert.Single(refusal.Violations).Rule, StringComparison.Ordinal);
    }

    private static MalformedCase Json(string place, string value, string rule, string old, string changed)
        => new(NetworkFile.JsonName, place, value, rule) { Network = TinyResidualNetwork.Create, Text = MalformedCase.Swap(old, changed) };

    private static MalformedCase Weights(string place, string value, string rule)
        => new(NetworkFile.WeightsName, place, value, rule) { Network = TinyResidualNetwork.Create };

    private static void Change(List<WeightTensor> tensors, string name, Func<WeightTensor, WeightTensor> change)
    {
        int index = tensors.FindIndex(t => t.Name == name);
        tensors[index] = change(tensors[index]);
    }

    private static void Shift(List<WeightTensor> tensors, string name, int at, byte shift) => Change(tensors, name, t =>
    {
        byte[] data = t.Data.ToArray();
        data[at] = shift;
        return t with { Data = data };
    });

    private static void Constant(List<WeightTensor> tensors, long first) => Change(tensors, "stem.norm.c", t =>
    {
        long[] constants = t.ToInt64();
        constants[0] = first;
        return WeightTensor.Of(t.Name, t.Shape, constants);
    });
}
