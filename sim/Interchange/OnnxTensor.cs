using System.Buffers.Binary;
using BcnnSim.Interchange.Format;
using Google.Protobuf;
using static BcnnSim.Interchange.Format.TensorProto.Types;

namespace BcnnSim.Interchange;

/// <summary>Constants of a model; elements in row-major order. No dimension: a scalar.</summary>
internal static class OnnxTensor
{
    public static TensorProto Of(sbyte[] values, params ReadOnlySpan<long> dimensions) =>
        Pack(DataType.Int8, values, 1, static (to, v) => to[0] = (byte)v, dimensions);

    public static TensorProto Of(float[] values, params ReadOnlySpan<long> dimensions) =>
        Pack(DataType.Float, values, sizeof(float), BinaryPrimitives.WriteSingleLittleEndian, dimensions);

    public static TensorProto Of(double[] values, params ReadOnlySpan<long> dimensions) =>
        Pack(DataType.Double, values, sizeof(double), BinaryPrimitives.WriteDoubleLittleEndian, dimensions);

    public static TensorProto Of(long[] values, params ReadOnlySpan<long> dimensions) =>
        Pack(DataType.Int64, values, sizeof(long), BinaryPrimitives.WriteInt64LittleEndian, dimensions);

    /// <summary>One row per channel of a map [N, rows, H, W].</summary>
    public static TensorProto PerChannel(double[] values) => Of(values, 1, values.Length, 1, 1);

    /// <summary>One row per channel of a map [N, rows, H, W].</summary>
    public static TensorProto PerChannel(float[] values) => Of(values, 1, values.Length, 1, 1);

    private static TensorProto Pack<T>(DataType type, T[] values, int size, WriteElement<T> write, ReadOnlySpan<long> dimensions)
    {
        byte[] bytes = new byte[checked(values.Length * size)];
        for (int i = 0; i < values.Length; i++)
        {
            write(bytes.AsSpan(i * size, size), values[i]);
        }

        TensorProto tensor = new() { DataType = type, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        tensor.Dims.AddRange(dimensions.ToArray());
        return tensor;
    }

    private delegate void WriteElement<T>(Span<byte> to, T value);
}
