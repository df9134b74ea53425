using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BcnnSim.Networks;

/// <summary>
/// Random access to the frames of one file. Opening reads the whole file once (hash, labels, tags, pad bits), so that everything
/// is refused before anything runs; then single frames are read on demand and only labels and tags stay in memory.
/// </summary>
public sealed class FrameReader : IDisposable
{
    private readonly FileStream stream;
    private readonly FrameHeader header;
    private readonly int[] labels;
    private readonly float[] tags;

    private FrameReader(FileStream stream, FrameHeader header, int[] labels, float[] tags)
    {
        this.stream = stream;
        this.header = header;
        this.labels = labels;
        this.tags = tags;
    }

    public FrameShape Shape => header.Shape;

    public int Count => header.Count;

    /// <summary>Hash of the content, lower-case hexadecimal: names the frame set in reports.</summary>
    public string Sha256 => Convert.ToHexStringLower(header.Sha256);

    /// <summary>Frame <paramref name="index"/>, read from the file; safe from several threads.</summary>
    public Frame this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            byte[] planes = new byte[Shape.FrameBytes];
            long start = header.FramesStart + ((long)index * planes.Length);
            for (int done = 0, read = 1; done < planes.Length; done += read)
            {
                read = RandomAccess.Read(stream.SafeFileHandle, planes.AsSpan(done), start + done);
                if (read == 0)
                {
                    throw new InputException(stream.Name, $"frame {index}", "end of file", "the file must not change while it is open", "Run again");
                }
            }

            return new Frame(Shape, planes, Label(index), Tag(index));
        }
    }

    /// <summary>Class number, -1 unknown.</summary>
    public int Label(int index) => header.HasLabels ? labels[index] : -1;

    /// <summary>Tag, NaN none.</summary>
    public float Tag(int index) => header.HasTags ? tags[index] : float.NaN;

    public void Dispose() => stream.Dispose();

    internal static FrameReader? Open(FileStream stream, ViolationList violations)
    {
        byte[] bytes = new byte[FrameHeader.Bytes];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        FrameHeader? header = FrameHeader.Parse(bytes.AsSpan(0, read), stream.Length, violations);
        if (header is null)
        {
            return null;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes, 0, FrameHeader.HashedBytes);
        FrameReader reader = new(stream, header, new int[header.HasLabels ? header.Count : 0], new float[header.HasTags ? header.Count : 0]);
        reader.ReadColumns(hash, violations);
        reader.ReadPlanes(hash, violations);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(header.Sha256))
        {
            violations.Add("hash at byte 48", reader.Sha256, "must be the SHA-256 of header and content", "The file is corrupt: pack the frames again");
        }

        return reader;
    }

    private void ReadColumns(IncrementalHash hash, ViolationList violations)
    {
        ReadColumn(MemoryMarshal.AsBytes(labels.AsSpan()), hash);
        ReadColumn(MemoryMarshal.AsBytes(tags.AsSpan()), hash);
        for (int i = 0; i < Count; i++)
        {
            if (Label(i) < -1)
            {
                violations.Add($"label of frame {i}", Label(i).ToString(CultureInfo.InvariantCulture), "must be a class number or -1", "Pack the frames again");
            }

            if (float.IsInfinity(Tag(i)))
            {
                violations.Add($"tag of frame {i}", Tag(i).ToString(CultureInfo.InvariantCulture), "must be finite, or NaN for none", "Pack the frames again");
            }
        }
    }

    private void ReadColumn(Span<byte> column, IncrementalHash hash)
    {
        stream.ReadExactly(column);
        hash.AppendData(column);
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> words = MemoryMarshal.Cast<byte, int>(column);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    private void ReadPlanes(IncrementalHash hash, ViolationList violations)
    {
        byte[] planes = new byte[Shape.FrameBytes];
        for (int i = 0; i < Count; i++)
        {
            stream.ReadExactly(planes);
            hash.AppendData(planes);
            int wrong = FirstPad(planes);
            if (wrong >= 0)
            {
                violations.Add($"frame {i} byte {wrong}", $"0x{planes[wrong]:x2}", $"pad bits beyond channel {Shape.Channels - 1} must be 0", "Clear the unused high bits of each pixel");
            }
        }
    }

    /// <summary>Offset of the first byte with a set pad bit, or -1.</summary>
    private int FirstPad(byte[] planes)
    {
        if (Shape.Channels % 8 == 0)
        {
            return -1;
        }

        byte pad = (byte)(0xFF << (Shape.Channels % 8));
        for (int i = Shape.PixelBytes - 1; i < planes.Length; i += Shape.PixelBytes)
        {
            if ((planes[i] & pad) != 0)
            {
                return i;
            }
        }

        return -1;
    }
}
