using System.Buffers.Binary;
using System.IO.Compression;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// MATLAB version 5 files, the part that image sets need: little endian, elements miMATRIX or miCOMPRESSED (zlib), real
/// arrays of class uint8 or double stored as bytes or doubles that are whole numbers in 0..255 (MathWorks, MAT-File Format,
/// chapter 1). The packaged reader, MathNet.Numerics.Data.Matlab, hands out two-dimensional matrices (as we recall, not
/// tried); SVHN needs four. The file must hold exactly the variables asked for; an element is read in its order,
/// and nothing is allocated before flags, dimensions, name and length are those of one of them.
/// </summary>
public static class MatFile
{
    private const int HeaderBytes = 128;
    private const int TagBytes = 8;
    private const int MatrixType = 14;
    private const int CompressedType = 15;

    /// <summary>Values of the variables in the order asked for, first index fastest.</summary>
    /// <exception cref="InputException">Missing, truncated, corrupt or other content.</exception>
    public static byte[][] Read(string path, IReadOnlyList<MatVariable> variables, string remedy)
    {
        var refusal = new MatRefusal(path, remedy);
        if (!File.Exists(path))
        {
            throw refusal.Of("file", "missing", $"must hold {string.Join(" and ", variables.Select(v => $"{v.Name} [{string.Join(", ", v.Dimensions)}]"))}");
        }

        if (new FileInfo(path).Length == 0)
        {
            throw refusal.Of("length", "0 bytes", "must end with its last element"); // a pipe too, which would wait for its writer
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            ReadHeader(file, refusal);
            var found = new byte[variables.Count][];
            while (file.Position < file.Length)
            {
                ReadElement(file, variables, found, refusal);
            }

            int missing = Array.IndexOf(found, null);
            return missing < 0 ? found : throw refusal.Of($"variable {variables[missing].Name}", "absent", "must be in the file");
        }
        catch (EndOfStreamException)
        {
            throw refusal.Of("length", "truncated", "must end with its last element");
        }
        catch (InvalidDataException e)
        {
            throw refusal.Of("zlib", e.Message, "must be intact");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw refusal.Of("file", e.Message, "must be readable");
        }
    }

    private static void ReadHeader(FileStream file, MatRefusal refusal)
    {
        var header = new byte[HeaderBytes];
        file.ReadExactly(header);
        if (BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(124)) != 0x0100 || header[126] != 'I' || header[127] != 'M')
        {
            throw refusal.Of("header", Convert.ToHexStringLower(header.AsSpan(124)), "must be 0001494d: version 5, little endian");
        }
    }

    private static void ReadElement(FileStream file, IReadOnlyList<MatVariable> variables, byte[][] found, MatRefusal refusal)
    {
        Span<byte> tag = stackalloc byte[TagBytes];
        long at = file.Position;
        file.ReadExactly(tag);
        (uint type, uint bytes) = Parse(tag);
        if (type is not (MatrixType or CompressedType) || bytes > file.Length - file.Position)
        {
            throw refusal.Of($"element at byte {at}", $"type {type}, {bytes} bytes", "must be a matrix (14) or compressed (15) within the file");
        }

        if (type == MatrixType)
        {
            new MatMatrix(new MatContent(file, bytes), refusal).Store(variables, found);
        }
        else
        {
            ReadCompressed(file, bytes, variables, found, refusal);
        }
    }

    private static void ReadCompressed(FileStream file, uint bytes, IReadOnlyList<MatVariable> variables, byte[][] found, MatRefusal refusal)
    {
        long end = file.Position + bytes;
        using (var stream = new ZLibStream(new StreamPart(file, bytes), CompressionMode.Decompress))
        {
            var content = new MatContent(stream, TagBytes);
            Span<byte> tag = stackalloc byte[TagBytes];
            content.Take(tag);
            (uint type, uint length) = Parse(tag);
            if (type != MatrixType)
            {
                throw refusal.Of("compressed element", $"type {type}, {length} bytes", "must hold one matrix (14)");
            }

            content.Enter(length);
            new MatMatrix(content, refusal).Store(variables, found);
            if (stream.ReadByte() >= 0)
            {
                throw refusal.Of("compressed element", "unfolds further", $"must end after the {length} bytes of its matrix");
            }

            CheckSum(file, end, content.Checksum, refusal);
        }

        file.Position = end;
    }

    private static void CheckSum(FileStream file, long end, uint sum, MatRefusal refusal)
    {
        Span<byte> stated = stackalloc byte[sizeof(uint)];
        file.Position = end - stated.Length;
        file.ReadExactly(stated);
        if (BinaryPrimitives.ReadUInt32BigEndian(stated) != sum)
        {
            throw refusal.Of("zlib", $"checksum {Convert.ToHexStringLower(stated)}", $"must be {sum:x8}, the Adler-32 of the content");
        }
    }

    private static (uint Type, uint Bytes) Parse(ReadOnlySpan<byte> tag) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(tag), BinaryPrimitives.ReadUInt32LittleEndian(tag[sizeof(uint)..]));
}
