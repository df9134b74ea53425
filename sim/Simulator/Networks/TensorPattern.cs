namespace BcnnSim.Networks;

/// <summary>
/// Tensors of a network without weights: a fixed pattern, a pure function of name, type and place. Cycles do not depend on it; it exists so that
/// a shape runs on the machine that runs networks.
/// </summary>
internal sealed class TensorPattern
{
    /// <summary>Bytes of all tensors of one shape: a small file must not ask for more memory than a large network takes.</summary>
    public const long MaxBytes = 128L << 20;

    private const ulong Golden = 0x9E3779B97F4A7C15;
    private long bytes;

    /// <summary>The tensor, or null when the shape has become larger than <see cref="MaxBytes"/>.</summary>
    public WeightTensor? Make(string name, TensorType type, ReadOnlySpan<long> shape)
    {
        decimal size = WeightTensor.ElementBytes(type);
        foreach (long dimension in shape)
        {
            size *= dimension;
        }

        if (bytes + size > MaxBytes)
        {
            return null;
        }

        bytes += (long)size;
        ulong seed = SeedOf(name);
        long[] dimensions = shape.ToArray();
        int count = (int)size / WeightTensor.ElementBytes(type);
        return type switch
        {
            TensorType.U8 => WeightTensor.Of(name, dimensions, Bytes(name, dimensions, count)),
            TensorType.I8 => WeightTensor.Of(name, dimensions, Fill(count, i => (sbyte)((Mix(seed, i) % 15) - 7))),
            TensorType.I16 => WeightTensor.Of(name, dimensions, Fill(count, i => (short)((Mix(seed, i) % 7) - 3))),
            TensorType.I64 => WeightTensor.Of(name, dimensions, new long[count]),
            _ => null,
        };
    }

    /// <summary>Byte i of the stream of a seed.</summary>
    public static int Mix(ulong seed, int i) => (int)(((seed + (ulong)i + 1) * Golden) >> 56);

    /// <summary>Seed of the stream of a name.</summary>
    public static ulong SeedOf(string name)
    {
        ulong seed = 0;
        foreach (char c in name)
        {
            seed = (seed * 31) + c;
        }

        return seed;
    }

    /// <summary>Shifts are 4, inversions 0; in packed rows only the first tap of the last byte may be set, so that pad bits are 0 for any T.</summary>
    private static byte[] Bytes(string name, long[] shape, int count)
    {
        if (name.EndsWith(".norm.s", StringComparison.Ordinal))
        {
            return Fill(count, static _ => (byte)4);
        }

        if (name.EndsWith(".norm.d", StringComparison.Ordinal))
        {
            return new byte[count];
        }

        ulong seed = SeedOf(name);
        long row = shape[^1];
        return Fill(count, i => (byte)(Mix(seed, i) & ((i + 1) % row == 0 ? 1 : 255)));
    }

    private static T[] Fill<T>(int count, Func<int, T> value)
    {
        T[] values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = value(i);
        }

        return values;
    }
}
