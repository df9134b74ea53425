using System.Globalization;
using BcnnSim.Numerics;

namespace BcnnSim.Networks;

/// <summary>
/// Folded norm of one node in the weights file. complex: NODE.norm.a I16 [C,2,2]; diagonal: NODE.norm.a I16 [C,2]; both with
/// NODE.norm.c I64 [C,2], and NODE.norm.s U8 [C] where the layer has values. threshold: NODE.norm.t I64 [C,2], NODE.norm.d U8 [C,2].
/// </summary>
internal static class NormTensorFile
{
    /// <param name="source">Open weights file.</param>
    /// <param name="node">Name of the layer.</param>
    /// <param name="kind">Form the graph states.</param>
    /// <param name="output">Whether the layer has values: its norm then has shifts.</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="accumulatorBound">Largest |acc| the norm can see, for the proof that 48 bits hold every intermediate.</param>
    public static FoldedNorm? Read(TensorSource source, string node, NormKind kind, OutputKind output, int channels, long accumulatorBound)
    {
        FoldedNorm? norm = kind == NormKind.Threshold ? ReadThreshold(source, node, channels) : ReadMatrix(source, node, kind, output, channels);
        if (norm is null)
        {
            return null;
        }

        int row = norm.FirstUnprovenRow(accumulatorBound);
        if (row < 0)
        {
            return norm;
        }

        string value = string.Create(CultureInfo.InvariantCulture, $"channel {row / 2} {(row % 2 == 0 ? "real" : "imaginary")} with |acc| up to {accumulatorBound}");
        source.Refuse(node, Name(node, "c"), value, "|A1|*acc + |A2|*acc + |C| (with values, + 2^(s-1)) must stay below 2^47", "Scale the channel down and fold again");
        return null;
    }

    public static IEnumerable<WeightTensor> Tensors(string node, FoldedNorm norm)
    {
        long[] pairs = [norm.Channels, 2];
        if (norm.Kind == NormKind.Threshold)
        {
            yield return WeightTensor.Of(Name(node, "t"), pairs, norm.T);
            yield return WeightTensor.Of(Name(node, "d"), pairs, norm.D);
            yield break;
        }

        yield return WeightTensor.Of(Name(node, "a"), norm.Kind == NormKind.Complex ? [norm.Channels, 2, 2] : pairs, norm.A);
        yield return WeightTensor.Of(Name(node, "c"), pairs, norm.C);
        if (norm.HasValues)
        {
            yield return WeightTensor.Of(Name(node, "s"), [norm.Channels], norm.Shift);
        }
    }

    private static string Name(string node, string part) => $"{node}.norm.{part}";

    private static FoldedNorm? ReadMatrix(TensorSource source, string node, NormKind kind, OutputKind output, int channels)
    {
        WeightTensor? a = kind == NormKind.Complex
            ? source.Take(node, Name(node, "a"), TensorType.I16, channels, 2, 2)
            : source.Take(node, Name(node, "a"), TensorType.I16, channels, 2);
        WeightTensor? c = source.Take(node, Name(node, "c"), TensorType.I64, channels, 2);
        long[]? constants = InRange(source, node, "c", c?.ToInt64());
        byte[]? shift = output == OutputKind.Bits ? [] : ReadShift(source, node, channels);
        if (a is null || constants is null || shift is null)
        {
            return null;
        }

        return kind == NormKind.Complex ? FoldedNorm.Complex(a.ToInt16(), constants, shift) : FoldedNorm.Diagonal(a.ToInt16(), constants, shift);
    }

    private static byte[]? ReadShift(TensorSource source, string node, int channels)
    {
        byte[]? shift = source.Take(node, Name(node, "s"), TensorType.U8, channels)?.ToBytes();
        int wrong = shift is null ? -1 : Array.FindIndex(shift, static s => !FoldedNorm.IsShift(s));
        if (wrong < 0)
        {
            return shift;
        }

        source.Refuse(node, Name(node, "s"), string.Create(CultureInfo.InvariantCulture, $"channel {wrong} = {shift![wrong]}"), "a shift is 1..40", "Scale the channel and fold again");
        return null;
    }

    private static FoldedNorm? ReadThreshold(TensorSource source, string node, int channels)
    {
        long[]? t = InRange(source, node, "t", source.Take(node, Name(node, "t"), TensorType.I64, channels, 2)?.ToInt64());
        byte[]? d = source.Take(node, Name(node, "d"), TensorType.U8, channels, 2)?.ToBytes();
        int wrong = d is null ? -1 : Array.FindIndex(d, static v => v > 1);
        if (wrong >= 0)
        {
            source.Refuse(node, Name(node, "d"), string.Create(CultureInfo.InvariantCulture, $"element {wrong} = {d![wrong]}"), "an inversion is 0 or 1", "Export the norm again");
            return null;
        }

        return t is null || d is null ? null : FoldedNorm.Threshold(t, d);
    }

    /// <summary>Constants and thresholds are signed 48-bit numbers.</summary>
    private static long[]? InRange(TensorSource source, string node, string part, long[]? values)
    {
        int wrong = values is null ? -1 : Array.FindIndex(values, static v => !FoldedNorm.IsSigned48(v));
        if (wrong < 0)
        {
            return values;
        }

        source.Refuse(node, Name(node, part), string.Create(CultureInfo.InvariantCulture, $"element {wrong} = {values![wrong]}"), "must be smaller than 2^47 in magnitude", "Scale the channel down and fold again");
        return null;
    }
}
