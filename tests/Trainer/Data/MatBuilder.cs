using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace BcnnSim.Trainer.Tests.Data;

/// <summary>Writes MATLAB version 5 files the way MATLAB does: small elements in their tag, variables compressed or not.</summary>
internal static class MatBuilder
{
    public const int DoubleClass = 6;
    public const int UInt8Class = 9;

    public static byte[] File(params byte[][] elements)
    {
        var header = new byte[128];
        Array.Fill(header, (byte)' ');
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, made by a test").CopyTo(header, 0);
        header.AsSpan(116, 8).Clear();
        (header[124], header[125], header[126], header[127]) = (0, 1, (byte)'I', (byte)'M');
        return [.. header, .. elements.SelectMany(e => e)];
    }

    /// <summary>A real array; values as bytes or as doubles.</summary>
    public static byte[] Variable(string name, int arrayClass, int[] dimensions, byte[] values, bool asDoubles = false, byte flags = 0)
    {
        byte[] data = asDoubles ? [.. values.SelectMany(v => BitConverter.GetBytes((double)v))] : values;
        return Variable(name, arrayClass, dimensions, asDoubles ? 9 : 2, data, flags);
    }

    public static byte[] Variable(string name, int arrayClass, int[] dimensions, int dataType, byte[] data, byte flags = 0)
    {
        byte[] sizes = [.. dimensions.SelectMany(BitConverter.GetBytes)];
        byte[] content = [.. Element(6, [(byte)arrayClass, flags, 0, 0, 0, 0, 0, 0]), .. Element(5, sizes), .. Element(1, Encoding.ASCII.GetBytes(name)), .. Element(dataType, data)];
        return [.. Tag(14, content.Length), .. content];
    }

    public static byte[] Compressed(byte[] element)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal))
        {
            zlib.Write(element);
        }

        byte[] data = memory.ToArray();
        return [.. Tag(15, data.Length), .. data];
    }

    private static byte[] Element(int type, byte[] data)
    {
        if (data.Length is > 0 and <= 4)
        {
            var small = new byte[8];
            BinaryPrimitives.WriteInt32LittleEndian(small, type | (data.Length << 16));
            data.CopyTo(small, 4);
            return small;
        }

        return [.. Tag(type, data.Length), .. data, .. new byte[(8 - (data.Length % 8)) % 8]];
    }

    private static byte[] Tag(int type, int length)
    {
        var tag = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(tag, type);
        BinaryPrimitives.WriteInt32LittleEndian(tag.AsSpan(4), length);
        return tag;
    }
}
