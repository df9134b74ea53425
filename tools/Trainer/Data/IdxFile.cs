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

        try
        {
            using FileStream file = File.OpenRead(path);
            using var stream = new GZipStream(file, CompressionMode.Decompress);
            CheckHeader(stream, dimensions, Refused);
            var content = new byte[dimensions.Aggregate(1, (product, d) => checked(product * d))];
            stream.ReadExactly(content);
            return stream.ReadByte() < 0 ? content : throw Refused("length", "more bytes follow", "must end after the last element");
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

    private static void CheckHeader(Stream stream, IReadOnlyList<int> dimensions, Func<string, string, string?, InputException> refused)
    {
        Span<byte> word = stackalloc byte[4];
        stream.ReadExactly(word);
        if (word[0] != 0 || word[1] != 0 || word[2] != UnsignedByte || word[3] != dimensions.Count)
        {
            throw refused("magic", Convert.ToHexStringLower(word), $"must be 000008{dimensions.Count:x2}: unsigned bytes, {dimensions.Count} dimensions");
        }

        for (int i = 0; i < dimensions.Count; i++)
        {
            stream.ReadExactly(word);
            uint found = BinaryPrimitives.ReadUInt32BigEndian(word);
            if (found != (uint)dimensions[i])
            {
                throw refused($"dimension {i}", $"{found}", $"must be {dimensions[i]}");
            }
        }
    }
}
