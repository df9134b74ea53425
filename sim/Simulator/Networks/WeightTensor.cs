using System.Buffers.Binary;

namespace BcnnSim.Networks;

/// <summary>One tensor of a weights file: row-major little-endian bytes.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, outermost first; their product times the element size is the length of the data.</param>
/// <param name="Data">Element bytes as they lie in the file.</param>
public sealed record WeightTensor(string Name, TensorType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Bytes of one element.</summary>
    public static int ElementBytes(TensorType type) => type switch
    {
        TensorType.I16 => 2,
        TensorType.I32 => 4,
        TensorType.I64 => 8,
        _ => 1,
    };

    public static WeightTensor Of(string name, IReadOnlyList<long> shape, byte[] values) => new(name, TensorType.U8, shape, values);

    public static WeightTensor Of(string name, IReadOnlyList<long> shape, sbyte[] values)
        => new(name, TensorType.I8, shape, Array.ConvertAll(values, static v => (byte)v));

    public static WeightTensor Of(string name, IReadOnlyList<long> shape, short[] values)
    {
        byte[] data = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(2 * i), values[i]);
        }

        return new(name, TensorType.I16, shape, data);
    }

    public static WeightTensor Of(string name, IReadOnlyList<long> shape, int[] values)
    {
        byte[] data = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4 * i), values[i]);
        }

        return new(name, TensorType.I32, shape, data);
    }

    public static WeightTensor Of(string name, IReadOnlyList<long> shape, long[] values)
    {
        byte[] data = new byte[8 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(8 * i), values[i]);
        }

        return new(name, TensorType.I64, shape, data);
    }

    public byte[] ToBytes() => Data.ToArray();

    public sbyte[] ToInt8() => Array.ConvertAll(Data.ToArray(), static v => (sbyte)v);

    public short[] ToInt16()
    {
        short[] values = new short[Data.Length / 2];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt16LittleEndian(Data.Span[(2 * i)..]);
        }

        return values;
    }

    public int[] ToInt32()
    {
        int[] values = new int[Data.Length / 4];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt32LittleEndian(Data.Span[(4 * i)..]);
        }

        return values;
    }

    public long[] ToInt64()
    {
        long[] values = new long[Data.Length / 8];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(Data.Span[(8 * i)..]);
        }

        return values;
    }
}
