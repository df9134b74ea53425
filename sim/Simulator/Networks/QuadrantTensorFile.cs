using System.Globalization;

namespace BcnnSim.Networks;

/// <summary>Packed weights of one node in the weights file: NODE.weight.re, .im and the optional .mask, U8 [rows, ceil(taps/8)].</summary>
internal static class QuadrantTensorFile
{
    public static QuadrantTensor? Read(TensorSource source, string node, int rows, int taps)
    {
        byte[]? re = ReadBits(source, node, "re", rows, taps);
        byte[]? im = ReadBits(source, node, "im", rows, taps);
        byte[]? mask = null;
        if (source.Has(Name(node, "mask")))
        {
            mask = ReadBits(source, node, "mask", rows, taps);
        }

        return re is null || im is null ? null : new QuadrantTensor(rows, taps, re, im, mask);
    }

    public static IEnumerable<WeightTensor> Tensors(string node, QuadrantTensor weights)
    {
        long[] shape = [weights.Rows, weights.RowBytes];
        yield return WeightTensor.Of(Name(node, "re"), shape, weights.Re);
        yield return WeightTensor.Of(Name(node, "im"), shape, weights.Im);
        if (weights.Mask is not null)
        {
            yield return WeightTensor.Of(Name(node, "mask"), shape, weights.Mask);
        }
    }

    private static string Name(string node, string part) => $"{node}.weight.{part}";

    private static byte[]? ReadBits(TensorSource source, string node, string part, int rows, int taps)
    {
        int rowBytes = (taps + 7) / 8;
        byte[]? bits = source.Take(node, Name(node, part), TensorType.U8, rows, rowBytes)?.ToBytes();
        if (bits is null || taps % 8 == 0)
        {
            return bits;
        }

        byte pad = (byte)(0xFF << (taps % 8));
        for (int row = 0; row < rows; row++)
        {
            byte last = bits[((row + 1) * rowBytes) - 1];
            if ((last & pad) != 0)
            {
                string value = string.Create(CultureInfo.InvariantCulture, $"row {row} last byte 0x{last:x2}");
                source.Refuse(node, Name(node, part), value, $"pad bits beyond tap {taps - 1} must be 0", "Clear the unused high bits of each row");
                return null;
            }
        }

        return bits;
    }
}
