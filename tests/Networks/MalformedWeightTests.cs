using System.Buffers.Binary;
using System.Text;
using BcnnSim.Networks;
using Xunit;

namespace BcnnSim.Tests.Networks;

/// <summary>Broken weights files, each refused with file, place, value and rule.</summary>
public sealed class MalformedWeightTests
{
    private const long Signed48 = 1L << 47;

    private static readonly Dictionary<string, MalformedCase> Cases = new(StringComparer.Ordinal)
    {
        ["empty file"] = Weights("file", "0 bytes", "too short") with { Bytes = _ => [] },
        ["prefix only"] = Weights("file", "8 bytes", "too short") with { Bytes = b => b[..8] },
        ["truncated data"] = Weights("data", "bytes", "truncated") with { Bytes = b => b[..^5] },
        ["trailing bytes"] = Weights("data", "bytes", "trailing bytes") with { Bytes = b => [.. b, 0] },
        ["truncated header"] = Weights("header length", "", "the rest of the file") with { Bytes = b => b[..100] },
        ["absurd header length"] = Weights("header length", "1152921504606846976", "the rest of the file") with { Bytes = b => Length(b, 1UL << 60) },
        ["header length 0"] = Weights("header length", "0", "must be 2..") with { Bytes = b => Length(b, 0) },
        ["header is no JSON"] = Weights("header line 1", "", "valid JSON") with { Bytes = _ => Container("{nonsense}", 0) },
        ["header is an array"] = Weights("header", "Array", "one JSON object") with { Bytes = _ => Container("[]", 0) },
        ["metadata is no text"] = Weights("__metadata__.a", "1", "map of strings") with { Bytes = _ => Container("{\"__metadata__\":{\"a\":1}}", 0) },
        ["tensor is no object"] = Weights("tensor a", "Number", "must be an object") with { Bytes = _ => Container("{\"a\":5}", 0) },
        ["duplicate tensor"] = Weights("a", "U8", "duplicate key") with { Bytes = _ => Container($"{{{Entry("a", "U8", "[4]", 0, 4)},{Entry("a", "U8", "[4]", 0, 4)}}}", 4) },
        ["duplicate member"] = Weights("tensor a.dtype", "U8", "duplicate key") with { Bytes = _ => Container("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4) },
        ["unknown member"] = Weights("tensor a.offset", "3", "unknown key") with { Bytes = _ => Container("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4],\"offset\":3}}", 4) },
        ["missing member"] = Weights("tensor a.shape", "absent", "missing key") with { Bytes = _ => Container("{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,4]}}", 4) },
        ["name leaves the folder"] = Weights("tensor ../../a", "../../a", "a-z") with { Bytes = _ => Container($"{{{Entry("../../a", "U8", "[4]", 0, 4)}}}", 4) },
        ["float tensor"] = Weights("tensor a.dtype", "F32", "U8, I8, I16, I32 or I64") with { Bytes = _ => Container($"{{{Entry("a", "F32", "[1]", 0, 4)}}}", 4) },
        ["type as number"] = Weights("tensor a.dtype", "2", "U8, I8, I16, I32 or I64") with { Bytes = _ => Container($"{{{Entry("a", "2", "[1]", 0, 4)}}}", 4) },
        ["negative dimension"] = Weights("tensor a.shape[0]", "-4", "whole number") with { Bytes = _ => Container($"{{{Entry("a", "U8", "[-4]", 0, 4)}}}", 4) },
        ["dimensions overflow"] = Weights("tensor a.data_offsets", "[0,4]", "product") with { Bytes = _ => Container($"{{{Entry("a", "I64", "[2147483647,2147483647,2147483647,2147483647]", 0, 4)}}}", 4) },
        ["dimensions that wrap to the right size"] = Weights("tensor a.data_offsets", "[0,4]", "product") with { Bytes = _ => Container($"{{{Entry("a", "U8", "[1073741825,4,1073741824,4]", 0, 4)}}}", 4) },
        ["five dimensions"] = Weights("tensor a.shape", "[1,1,1,1,4]", "1..4 numbers") with { Bytes = _ => Container($"{{{Entry("a", "U8", "[1,1,1,1,4]", 0, 4)}}}", 4) },
        ["offsets reversed"] = Weights("tensor a.data_offsets", "[4,0]", "product") with { Bytes = _ => Container($"{{{Entry("a", "U8", "[4]", 4, 0)}}}", 4) },
        ["offsets and shape disagree"] = Weights("tensor a.data_offsets", "[0,4]", "product") with { Bytes = _ => Container($"{{{Entry("a", "I16", "[4]", 0, 4)}}}", 4) },
        ["gap between tensors"] = Weights("tensor b.data_offsets", "5", "leaves a gap") with { Bytes = _ => Container($"{{{Entry("a", "U8", "[4]", 0, 4)},{Entry("b", "U8", "[4]", 5, 9)}}}", 9) },
        ["overlapping tensors"] = Weights("tensor b.data_offsets", "3", "overlaps") with { Bytes = _ => Container($"{{{Entry("a", "U8", "[4]", 0, 4)},{Entry("b", "U8", "[4]", 3, 7)}}}", 7) },
        ["tensor beyond the file"] = Weights("data", "4 bytes", "truncated") with { Bytes = _ => Container($"{{{Entry("a", "U8", "[2000000000]", 0, 2000000000)}}}", 4) },
        ["unused tensor"] = Weights("tensor conv9.weight.re", "[1]", "no node of the graph") with { Tensors = t => t.Add(WeightTensor.Of("conv9.weight.re", [1], new byte[1])) },
        ["missing tensor"] = Weights("conv2.weight.im (node conv2)", "absent", "needs this tensor as U8 [6, 1]") with { Tensors = t => t.RemoveAll(x => x.Name == "conv2.weight.im") },
        ["wrong type"] = Weights("conv2.weight.re (node conv2)", "I8", "must be U8") with { Tensors = t => Replace(t, "conv2.weight.re", x => x with { Type = TensorType.I8 }) },
        ["wrong shape"] = Weights("head.weight (node head)", "[24]", "shape [3, 8]") with { Tensors = t => Replace(t, "head.weight", x => x with { Shape = [24] }) },
        ["truncated tensor"] = Weights("conv1.norm.c (node conv1)", "[4, 2]", "shape [5, 2]") with { Tensors = t => Replace(t, "conv1.norm.c", x => x with { Shape = [4, 2], Data = x.Data[..64] }) },
        ["pad bit of a real part"] = Weights("conv2.weight.re (node conv2)", "row 2 last byte 0x94", "beyond tap 4") with { Tensors = t => Set(t, "conv2.weight.re", 2, 0x80) },
        ["pad bit of an imaginary part"] = Weights("conv1.weight.im (node conv1)", "row 1", "beyond tap 26") with { Tensors = t => Set(t, "conv1.weight.im", 7, 0x08) },
        ["pad bit of a mask"] = Weights("conv2.weight.mask (node conv2)", "row 0 last byte 0x3f", "beyond tap 4") with { Tensors = t => Set(t, "conv2.weight.mask", 0, 0x20) },
        ["constant of 48 bits"] = Weights("conv1.norm.c (node conv1)", "element 0 = 140737488355328", "2^47") with { Tensors = t => SetLong(t, "conv1.norm.c", 0, Signed48) },
        ["smallest constant has no magnitude"] = Weights("conv1.norm.c (node conv1)", "-9223372036854775808", "2^47") with { Tensors = t => SetLong(t, "conv1.norm.c", 3, long.MinValue) },
        ["norm may wrap"] = Weights("conv1.norm.c (node conv1)", "channel 0 imaginary with |acc| up to 162", "|A1|*acc") with { Tensors = t => SetLong(t, "conv1.norm.c", 1, Signed48 - 1) },
        ["threshold of 48 bits"] = Weights("conv3.norm.t (node conv3)", "element 1 = -140737488355328", "2^47") with { Tensors = t => SetLong(t, "conv3.norm.t", 1, -Signed48) },
        ["inversion of 2"] = Weights("conv3.norm.d (node conv3)", "element 7 = 3", "0 or 1") with { Tensors = t => Set(t, "conv3.norm.d", 7, 2) },
        ["kept taps of another type"] = Weights("conv2.taps (node conv2)", "I64", "must be I32") with { Tensors = t => t.Add(WeightTensor.Of("conv2.taps", [1], new long[1])) },
        ["kept taps in two dimensions"] = Weights("conv2.taps (node conv2)", "[1, 5]", "one dimension") with { Tensors = t => t.Add(WeightTensor.Of("conv2.taps", [1, 5], new int[5])) },
        ["no kept tap"] = Weights("conv2.taps (node conv2)", "0 taps", "at least one tap") with { Tensors = t => t.Add(WeightTensor.Of("conv2.taps", [0], Array.Empty<int>())) },
        ["kept tap twice"] = Weights("conv2.taps (node conv2)", "element 2 = 1", "must be at least 2") with { Tensors = t => t.Add(WeightTensor.Of("conv2.taps", [5], new[] { 0, 1, 1, 2, 3 })) },
        ["kept taps fall"] = Weights("conv2.taps (node conv2)", "element 1 = 0", "without duplicates") with { Tensors = t => t.Add(WeightTensor.Of("conv2.taps", [2], new[] { 1, 0 })) },
        ["kept tap below 0"] = Weights("conv2.taps (node conv2)", "element 0 = -1", "within 0..4") with { Tensors = t => t.Add(WeightTensor.Of("conv2.taps", [1], new[] { -1 })) },
        ["kept tap beyond the kernel"] = Weights("conv2.taps (node conv2)", "element 4 = 5", "within 0..4") with { Tensors = t => t.Add(WeightTensor.Of("conv2.taps", [5], new[] { 0, 1, 2, 3, 5 })) },
        ["kept taps and weights of another width"] = Weights("conv1.weight.re (node conv1)", "[5, 4]", "shape [5, 1]") with { Tensors = t => t.Add(WeightTensor.Of("conv1.taps", [3], new[] { 0, 1, 26 })) },
        ["score may wrap"] = Weights("head.bias (node head)", "class 2 bias 140737488355327", "2^47") with { Tensors = t => SetLong(t, "head.bias", 2, Signed48 - 1) },
        ["smallest bias has no magnitude"] = Weights("head.bias (node head)", "class 0", "2^47") with { Tensors = t => SetLong(t, "head.bias", 0, long.MinValue) },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_weights_file_is_refused_with_file_place_value_and_rule(string name) => Cases[name].Check();

    private static MalformedCase Weights(string place, string value, string rule) => new(NetworkFile.WeightsName, place, value, rule);

    private static string Entry(string name, string type, string shape, long begin, long end)
        => $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":{shape},\"data_offsets\":[{begin},{end}]}}";

    private static byte[] Container(string header, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] bytes = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        return bytes;
    }

    private static byte[] Length(byte[] bytes, ulong length)
    {
        byte[] copy = [.. bytes];
        BinaryPrimitives.WriteUInt64LittleEndian(copy, length);
        return copy;
    }

    private static void Replace(List<WeightTensor> tensors, string name, Func<WeightTensor, WeightTensor> change)
    {
        int index = tensors.FindIndex(t => t.Name == name);
        tensors[index] = change(tensors[index]);
    }

    private static void Set(List<WeightTensor> tensors, string name, int at, byte bits) => Replace(tensors, name, t =>
    {
        byte[] data = t.Data.ToArray();
        data[at] |= bits;
        return t with { Data = data };
    });

    private static void SetLong(List<WeightTensor> tensors, string name, int at, long value) => Replace(tensors, name, t =>
    {
        byte[] data = t.Data.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(8 * at), value);
        return t with { Data = data };
    });
}
