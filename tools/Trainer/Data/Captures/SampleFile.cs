using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using BcnnSim.Networks;
using Microsoft.Win32.SafeHandles;

namespace BcnnSim.Trainer.Data.Captures;

/// <summary>
/// Complex samples in a file, read by position, so that a capture need not fit into memory. Pure reads: any thread may call.
/// One pass at the start hashes the file and refuses values that are not finite.
/// </summary>
public sealed class SampleFile
{
    private const int Block = 1 << 20;

    private SampleFile(string path, SampleLayout layout, long samples, string sha512) =>
        (Path, Layout, Samples, Sha512) = (path, layout, samples, sha512);

    public string Path { get; }

    public SampleLayout Layout { get; }

    /// <summary>Samples of all rows.</summary>
    public long Samples { get; }

    /// <summary>Of the whole file, lower case hexadecimal.</summary>
    public string Sha512 { get; }

    /// <summary>Checks the content of a file whose length was checked by the reader of its format.</summary>
    /// <exception cref="InputException">A value that is not finite, or no read.</exception>
    internal static SampleFile Open(string path, SampleLayout layout, long samples)
    {
        var violations = new ViolationList(path);
        using FileStream? stream = InputFile.Open(path, long.MaxValue, violations);
        ViolationList.ThrowIfAny(violations);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        var block = new byte[Block];
        long component = 0;
        try
        {
            Take(stream!, block.AsSpan(0, (int)layout.Offset), hash);
            for (long left = samples * layout.SampleBytes; left > 0;)
            {
                Span<byte> part = block.AsSpan(0, (int)Math.Min(left, Block));
                Take(stream!, part, hash);
                CheckFinite(part, layout, component, violations);
                component += part.Length / layout.ElementBytes;
                left -= part.Length;
            }
        }
        catch (IOException failure)
        {
            violations.Add("file", failure.Message, "must be readable to its end", "Check the disk and copy the file again");
        }

        ViolationList.ThrowIfAny(violations);
        return new(path, layout, samples, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Samples from <paramref name="start"/> on, as many as the spans hold; they must lie in one row.</summary>
    public void Read(long start, Span<double> re, Span<double> im)
    {
        int count = re.Length, size = Layout.ElementBytes;
        var bytes = new byte[count * Layout.SampleBytes];
        using SafeFileHandle handle = File.OpenHandle(Path);
        if (Layout.Planar)
        {
            long row = start / Layout.RowSamples, column = start % Layout.RowSamples;
            long first = Layout.Offset + (((row * 2 * Layout.RowSamples) + column) * size);
            Take(handle, bytes.AsSpan(0, count * size), first);
            Take(handle, bytes.AsSpan(count * size), first + (Layout.RowSamples * size));
        }
        else
        {
            Take(handle, bytes, Layout.Offset + (start * Layout.SampleBytes));
        }

        for (int n = 0; n < count; n++)
        {
            re[n] = Layout.Value(bytes, Layout.Planar ? n : 2 * n);
            im[n] = Layout.Value(bytes, Layout.Planar ? count + n : (2 * n) + 1);
        }
    }

    private static void Take(FileStream stream, Span<byte> part, IncrementalHash hash)
    {
        stream.ReadExactly(part);
        hash.AppendData(part);
    }

    /// <param name="first">Number of the first component in the file.</param>
    private static void CheckFinite(ReadOnlySpan<byte> part, SampleLayout layout, long first, ViolationList violations)
    {
        for (int i = 0; layout.Element == SampleElement.Float32 && i < part.Length; i += sizeof(float))
        {
            float value = BinaryPrimitives.ReadSingleLittleEndian(part[i..]);
            if (!float.IsFinite(value))
            {
                long sample = layout.SampleOf(first + (i / sizeof(float)));
                violations.Add($"sample {sample}", value.ToString(CultureInfo.InvariantCulture), "must be finite", "Repair the recording, or cut it before this sample");
                return;
            }
        }
    }

    private void Take(SafeFileHandle handle, Span<byte> part, long at)
    {
        while (part.Length > 0)
        {
            int read = RandomAccess.Read(handle, part, at);
            if (read == 0)
            {
                throw new InputException(Path, "length", $"ends at byte {at}", "must not change while it is read", "Start again when nothing writes the file");
            }

            part = part[read..];
            at += read;
        }
    }
}
