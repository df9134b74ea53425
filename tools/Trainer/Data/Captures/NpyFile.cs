using System.Buffers.Binary;
using System.Text;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data.Captures;

/// <summary>
/// NumPy arrays of samples. complex64: [samples] or [rows, samples]. float32, int8, int16, uint8: the last axis of 2 is (re, im), or the
/// last but one of 2 is the row of real parts and the row of imaginary parts, both with or without an axis of rows before. Arrays of
/// objects are pickles, which are programs: they are never loaded.
/// </summary>
internal static class NpyFile
{
    public const string Extension = ".npy";

    private const int MaxHeader = 1 << 16;
    private const int LeastRow = 128;
    private const string Shapes = "must be [samples] or [rows, samples] of complex64, or of other types with one axis of 2 more, as the last or the last but one";
    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8];

    /// <exception cref="InputException">Another format, type or shape, or a length that does not fit.</exception>
    public static Recording Read(string path, string name)
    {
        var violations = new ViolationList(path);
        using FileStream? stream = InputFile.Open(path, long.MaxValue, violations);
        ViolationList.ThrowIfAny(violations);
        (string text, int offset) = Head(stream!, path);
        NpyHeader header = NpyHeader.Parse(text, out string reason) ?? throw Refused(path, "header", text, $"must be the header of a plain array ({reason})", "Write it again with numpy.save");
        SampleLayout layout = Layout(path, header) with { Offset = offset };
        long rows = Rows(path, header, layout, stream!.Length - offset);
        if (layout.RowSamples < LeastRow)
        {
            throw Refused(path, "shape", $"({string.Join(", ", header.Shape)})", $"a row must hold at least {LeastRow} samples, the shortest burst", "Join the rows that follow one another");
        }

        var runs = new List<SampleRun>();
        for (long row = 0; row < rows; row++)
        {
            runs.Add(new(row * layout.RowSamples, layout.RowSamples, null, rows == 1 ? "samples" : $"row {row}"));
        }

        return new(name, path, SampleFile.Open(path, layout, rows * layout.RowSamples), null, runs);
    }

    private static (string Text, int Offset) Head(FileStream stream, string path)
    {
        var start = new byte[12];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read > 1 && start[0] == 0x80 && start[1] is >= 2 and <= 5)
        {
            throw Refused(path, "magic", "a pickle", "pickles are programs and are never loaded", "Save the array itself with numpy.save(..., allow_pickle=False)");
        }

        if (read < start.Length || !start.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw Refused(path, "magic", Convert.ToHexStringLower(start.AsSpan(0, Math.Min(read, Magic.Length))), "must be 934e554d5059: an NPY file", "Write it with numpy.save; unpack an .npz archive with unzip");
        }

        if (start[6] is < 1 or > 3)
        {
            throw Refused(path, "version", $"{start[6]}.{start[7]}", "must be 1.0, 2.0 or 3.0", "Write it again with numpy.save");
        }

        bool wide = start[6] > 1;
        uint length = wide ? BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(8)) : BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8));
        int offset = wide ? 12 : 10;
        if (length > MaxHeader || length > stream.Length - offset)
        {
            throw Refused(path, "header", $"{length} bytes", $"must lie within the file and {MaxHeader} bytes", "The file is truncated or damaged: write it again with numpy.save");
        }

        var header = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(header);
        return (Encoding.Latin1.GetString(header), offset + (int)length);
    }

    private static SampleLayout Layout(string path, NpyHeader header)
    {
        string type = header.Descr;
        if (type.Contains('O', StringComparison.Ordinal))
        {
            throw Refused(path, "descr", type, "an array of objects is a pickle, which is a program: it is never loaded", "Convert it to complex64 and save it with numpy.save(..., allow_pickle=False)");
        }

        if (type.StartsWith('>'))
        {
            throw Refused(path, "descr", type, "big endian is not read", "Write x.astype('<c8') or another little-endian type");
        }

        (SampleElement element, bool complex) = type switch
        {
            "<c8" => (SampleElement.Float32, true),
            "<f4" => (SampleElement.Float32, false),
            "<i2" => (SampleElement.Int16, false),
            "|i1" or "<i1" => (SampleElement.Int8, false),
            "|u1" or "<u1" => (SampleElement.UInt8, false),
            _ => throw Refused(path, "descr", type, "must be complex64, float32, int16, int8 or uint8", "Convert it, for example x.astype('<c8')"),
        };
        if (header.FortranOrder)
        {
            throw Refused(path, "fortran_order", "True", "must be False: rows one after the other", "Write numpy.ascontiguousarray(x)");
        }

        IReadOnlyList<long> shape = header.Shape;
        int axes = complex ? 1 : 2, rank = shape.Count;
        bool interleaved = complex || (rank > 0 && shape[^1] == 2);
        bool planar = !interleaved && rank > 1 && shape[^2] == 2;
        bool good = rank >= axes && rank <= axes + 1 && (interleaved || planar) && shape.All(size => size > 0);
        return good
            ? new(element, 0, complex || planar ? shape[^1] : shape[^2], planar)
            : throw Refused(path, "shape", $"({string.Join(", ", shape)})", Shapes + ", none of them empty", "Reshape the array");
    }

    private static long Rows(string path, NpyHeader header, SampleLayout layout, long bytes)
    {
        UInt128 samples = 1;
        bool fits = true;
        foreach (long size in header.Shape)
        {
            samples *= (UInt128)size;
            fits &= samples <= long.MaxValue;
        }

        samples /= header.Descr == "<c8" ? 1u : 2u;
        if (!fits || samples * (UInt128)layout.SampleBytes != (UInt128)bytes)
        {
            throw Refused(path, "length", $"{bytes} bytes of data", $"must be those of shape ({string.Join(", ", header.Shape)}), {layout.SampleBytes} bytes per sample", "The file is truncated or has bytes behind its end: write it again with numpy.save");
        }

        return (long)samples / layout.RowSamples;
    }

    private static InputException Refused(string path, string place, string value, string rule, string remedy) =>
        new(path, place, ViolationList.Printable(value), rule, remedy);
}
