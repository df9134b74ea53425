using System.Buffers.Binary;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

/// <summary>Broken learned imaginary parts, each refused with file, place, value and rule.</summary>
public sealed class MalformedImaginaryTests
{
    private static readonly Dictionary<string, MalformedCase> Cases = new(StringComparer.Ordinal)
    {
        ["missing tensor"] = Tensors("input.imaginary.bias (node input)", "absent", "F32 [3]", t => t.RemoveAll(x => x.Name == "input.imaginary.bias")),
        ["vector of another length"] = Tensors("input.imaginary.scale1 (node input)", "[2]", "shape [3]", t => Put(t, "scale1", WeightTensor.Of("input.imaginary.scale1", [2], new float[2]))),
        ["matrix as vector"] = Tensors("input.imaginary.weight2 (node input)", "[9]", "shape [3, 3]", t => Put(t, "weight2", WeightTensor.Of("input.imaginary.weight2", [9], new float[9]))),
        ["another type"] = Tensors("input.imaginary.shift2 (node input)", "I16", "must be F32", t => Put(t, "shift2", WeightTensor.Of("input.imaginary.shift2", [3], new short[3]))),
        ["NaN"] = Tensors("input.imaginary.weight1 (node input)", "element 4 = NaN", "finite", t => Set(t, "weight1", 4, float.NaN)),
        ["infinity"] = Tensors("input.imaginary.shift1 (node input)", "element 2 = Infinity", "finite", t => Set(t, "shift1", 2, float.PositiveInfinity)),
        ["negative infinity"] = Tensors("input.imaginary.bias (node input)", "element 0 = -Infinity", "finite", t => Set(t, "bias", 0, float.NegativeInfinity)),
        ["tensor without its transform"] = Tensors("input.imaginary.weight1", "[3, 3]", "no node of the graph", _ => { }) with { Text = MalformedCase.Swap("\"learned-imaginary\"", "\"zero-imaginary\"") },
        ["transform without its tensors"] = Tensors("input.imaginary.scale1 (node input)", "absent", "F32 [3]", _ => { }) with { Network = TinyNetwork.Create, Text = MalformedCase.Swap("\"none\"", "\"learned-imaginary\"") },
        ["unknown tensor"] = Tensors("input.imaginary.gain", "[3]", "no node of the graph", t => t.Add(WeightTensor.Of("input.imaginary.gain", [3], new float[3]))),
        ["channels of the graph differ"] = Tensors("input.imaginary.scale2 (node input)", "[3]", "shape [4]", _ => { }) with { Text = MalformedCase.Swap("\"channels\": 3", "\"channels\": 4") },
        ["too many channels"] = Tensors("input.imaginary.scale1 (node input)", "257", "at most 256", _ => { }) with { Text = MalformedCase.Swap("\"channels\": 3", "\"channels\": 257") },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_imaginary_part_is_refused_with_file_place_value_and_rule(string name) => Cases[name].Check();

    [Fact]
    public void Written_and_read_again_it_is_the_same_and_the_machine_sees_the_same_network()
    {
        using TemporaryFolder folder = new();
        Network network = TinyImageNetwork.Create();
        NetworkFile.Write(network, folder.FullName);
        Network read = NetworkFile.Read(folder.FullName);
        NetworkAssert.Equal(network, read, "tiny-image");
        Frame frame = RandomNetworks.Frames(network, 1, 3).Frames[0];
        Assert.Equal(ReferenceExecutor.Run(TinyNetwork.Create(), frame).Scores, ReferenceExecutor.Run(read, frame).Scores);
    }

    [Fact]
    public void A_record_that_disagrees_with_itself_is_not_written()
    {
        Network network = TinyImageNetwork.Create();
        LearnedImaginary transform = network.Input.Imaginary!;
        using TemporaryFolder folder = new();
        foreach (NetworkInput input in new[]
        {
            network.Input with { Imaginary = null },
            network.Input with { Transform = "none" },
            network.Input with { Imaginary = transform with { Channels = 2 } },
            network.Input with { Imaginary = transform with { Bias = [1f] } },
            network.Input with { Imaginary = transform with { Shift1 = [1f, float.NaN, 0f] } },
        })
        {
            InputException refusal = Assert.Throws<InputException>(() => NetworkFile.Write(network with { Input = input }, folder.FullName));
            Assert.StartsWith("input transform", refusal.Violations[0].Place, StringComparison.Ordinal);
        }
    }

    private static MalformedCase Tensors(string place, string value, string rule, Action<List<WeightTensor>> change) =>
        new(NetworkFile.WeightsName, place, value, rule) { Network = TinyImageNetwork.Create, Tensors = change };

    private static void Put(List<WeightTensor> tensors, string part, WeightTensor replacement) =>
        tensors[tensors.FindIndex(t => t.Name == $"input.imaginary.{part}")] = replacement;

    private static void Set(List<WeightTensor> tensors, string part, int at, float value)
    {
        WeightTensor tensor = tensors.Single(t => t.Name == $"input.imaginary.{part}");
        byte[] data = tensor.Data.ToArray();
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4 * at), value);
        Put(tensors, part, tensor with { Data = data });
    }
}
