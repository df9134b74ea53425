using System.Buffers.Binary;
using BcnnSim.Hardware.Axi;

namespace BcnnSim.Hardware.Hbm;

/// <summary>Contents of the memory: 8 GiB address space, pages allocated when first written; unwritten bytes read 0.</summary>
public sealed class HbmImage
{
    private const int PageBits = 16;
    private readonly Dictionary<long, byte[]> pages = [];

    /// <summary>Copies bytes in, across pages.</summary>
    public void Write(long address, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int offset = (int)(address & ((1 << PageBits) - 1));
            int count = Math.Min(bytes.Length, (1 << PageBits) - offset);
            bytes[..count].CopyTo(Page(address).AsSpan(offset));
            bytes = bytes[count..];
            address += count;
        }
    }

    /// <summary>Copies bytes out, across pages.</summary>
    public void Read(long address, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int offset = (int)(address & ((1 << PageBits) - 1));
            int count = Math.Min(bytes.Length, (1 << PageBits) - offset);
            if (pages.TryGetValue(address >> PageBits, out byte[]? page))
            {
                page.AsSpan(offset, count).CopyTo(bytes);
            }
            else
            {
                bytes[..count].Clear();
            }

            bytes = bytes[count..];
            address += count;
        }
    }

    /// <summary>One aligned 32-byte beat.</summary>
    public Beat256 ReadBeat(long address)
    {
        Span<byte> b = stackalloc byte[Beat256.Bytes];
        Read(address, b);
        return new Beat256(
            BinaryPrimitives.ReadUInt64LittleEndian(b),
            BinaryPrimitives.ReadUInt64LittleEndian(b[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(b[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(b[24..]));
    }

    /// <summary>Writes the bytes whose strobe bit is set.</summary>
    public void WriteBeat(long address, in Beat256 data, uint strobe)
    {
        Span<byte> b = stackalloc byte[Beat256.Bytes];
        Read(address, b);
        for (int i = 0; i < Beat256.Bytes; i++)
        {
            if ((strobe >> i & 1) != 0)
            {
                b[i] = (byte)(data[i >> 3] >> (8 * (i & 7)));
            }
        }

        Write(address, b);
    }

    private byte[] Page(long address)
    {
        long key = address >> PageBits;
        if (!pages.TryGetValue(key, out byte[]? page))
        {
            page = new byte[1 << PageBits];
            pages.Add(key, page);
        }

        return page;
    }
}
