using System.Buffers.Binary;
using System.IO.Compression;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// MATLAB version 5 files, the part that image sets need: little endian, elements miMATRIX or miCOMPRESSED (zlib), real
/// arrays of class uint8 or double stored as bytes or doubles that are whole numbers in 0..255 (MathWorks, MAT-File Format,
/// chapter 1). The packaged reader, MathNet.Numerics.Data.Matlab, hands out two-dimensional matrices (as we recall, not
/// tried); SVHN needs four. The file must hold exactly the variables asked for; nothing larger than they can need is allocated.
/// </summary>
public static class MatFile
{
    private const int HeaderBytes = 128;
    private const int MatrixType = 14;
    private const int CompressedType = 15;

    // Tags, flags, dimensions and name of one variable.
    private const int DescriptionBytes = 1024;

    /// <summary>Values of the variables in the order asked for, first index fastest.</summary>
    /// <exception cref="InputException">Missing, truncated, corrupt or other content.</exception>
    public static byte[][] Read(string path, IReadOnlyList<MatVariable> variables, string remedy)
    {
        var refusal = new MatRefusal(path, remedy);
        if (!File.Exists(path))
        {
            throw refusal.Of("file", "missing", $"must hold {string.Join(" and ", variables.Select(v => $"{v.Name} [{string.Join(", ", v.Dimensions)}]"))}");
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
        Span<byte> tag = stackalloc byte[8];
        long at = file.Position;
        file.ReadExactly(tag);
        uint type = BinaryPrimitives.ReadUInt32LittleEndian(tag), bytes = BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]);
        long most = variables.Max(v => (long)v.Values * sizeof(double)) + DescriptionBytes;
        if (type is not (MatrixType or CompressedType) || bytes > Math.Min(most, file.Length - file.Position))
        {
            throw refusal.Of($"element at byte {at}", $"type {type}, {bytes} bytes", $"must be a matrix (14) or compressed (15) within the file and within {most} bytes");
        }

        var content = new byte[bytes];
        file.ReadExactly(content);
        new MatMatrix(type == CompressedType ? Inflate(content, most, refusal) : content, type == MatrixType, refusal).Store(variables, found);
    }

    private static byte[] Inflate(byte[] compressed, long most, MatRefusal refusal)
    {
        using var stream = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var content = new MemoryStream();
        var block = new byte[1 << 16];
        int read;
        while ((read = stream.Read(block)) > 0)
        {
            content.Write(block, 0, read);
            if (content.Length > most)
            {
                throw refusal.Of("zlib", "unfolds further", $"must unfold to at most {most} bytes");
            }
        }

        byte[] bytes = content.ToArray();
        uint stated = compressed.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(compressed.AsSpan(compressed.Length - 4));
        return compressed.Length >= 4 && stated == Adler32.Of(bytes)
            ? bytes
            : throw refusal.Of("zlib", $"checksum {stated:x8}", $"must be {Adler32.Of(bytes):x8}, the Adler-32 of the content");
    }
}
