using System.Buffers.Binary;
using System.IO.Compression;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// IDX files of unsigned bytes, gzip-compressed: 0, 0, 0x08, number of dimensions, the dimensions as big-endian int32, the
/// bytes (format page of the MNIST database). Nothing beyond the expected size is ever read or allocated.
/// </summary>
public static class IdxFile
{
    private const byte UnsignedByte = 8;

    /// <summary>The bytes of a file that must have exactly these dimensions; <paramref name="remedy"/> says how to get it.</summary>
    /// <exception cref="InputException">Missing, truncated, corrupt, of another type or size.</exception>
    public static byte[] Read(string path, IReadOnlyList<int> dimensions, string remedy)
    {
        string expected = $"must be a gzip-compressed IDX file of {string.Join(" x ", dimensions)} bytes";
        InputException Refused(string place, string value, string? rule = null) => new(path, place, value, rule ?? expected, remedy);
        if (!File.Exists(path))
        {
            throw Refused("file", "missing");
        }

        if (new FileInfo(path).Length == 0)
        {
            throw Refused("length", "0 bytes"); // a pipe too, which would wait for its writer
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            using var stream = new GZipStream(file, CompressionMode.Decompress);
            byte[] header = ReadHeader(stream, dimensions, Refused);
            var content = new byte[dimensions.Aggregate(1, (product, d) => checked(product * d))];
            stream.ReadExactly(content);
            if (stream.ReadByte() >= 0)
            {
                throw Refused("length", "more bytes follow", "must end after the last element");
            }

            CheckTrailer(file, Crc32.Append(Crc32.Append(0, header), content), header.Length + content.Length, Refused);
            return content;
        }
        catch (EndOfStreamException)
        {
            throw Refused("length", "truncated");
        }
        catch (InvalidDataException e)
        {
            throw Refused("gzip", e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused("file", e.Message, "must be readable");
        }
    }

    private static byte[] ReadHeader(Stream stream, IReadOnlyList<int> dimensions, Func<string, string, string?, InputException> refused)
    {
        var header = new byte[4 * (1 + dimensions.Count)];
        stream.ReadExactly(header);
        Span<byte> word = header.AsSpan(0, 4);
        if (word[0] != 0 || word[1] != 0 || word[2] != UnsignedByte || word[3] != dimensions.Count)
        {
            throw refused("magic", Convert.ToHexStringLower(word), $"must be 000008{dimensions.Count:x2}: unsigned bytes, {dimensions.Count} dimensions");
        }

        for (int i = 0; i < dimensions.Count; i++)
        {
            uint found = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 * (1 + i)));
            if (found != (uint)dimensions[i])
            {
                throw refused($"dimension {i}", $"{found}", $"must be {dimensions[i]}");
            }
        }

        return header;
    }

    // The last eight bytes of the file: CRC-32 and length of the content (RFC 1952).
    private static void CheckTrailer(FileStream file, uint crc, int length, Func<string, string, string?, InputException> refused)
    {
        Span<byte> trailer = stackalloc byte[8];
        file.Seek(-trailer.Length, SeekOrigin.End);
        file.ReadExactly(trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != crc || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)length)
        {
            throw refused("gzip", $"trailer {Convert.ToHexStringLower(trailer)}", $"must end with CRC-32 {crc:x8} and length {length} of its content");
        }
    }
}
