using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BcnnSim.Networks;

/// <summary>
/// Frames on disk, extension .bcnnframes, little endian:
/// <code>
/// byte  0  8 bytes  "BCNNFRAM"
///       8  u32      version, 1
///      12  u32      header bytes, 80
///      16  u32      height H          20  u32  width W
///      24  u32      channels C        28  u32  input bits P, 1..8
///      32  u64      frame count, 1..2^31-1
///      40  u32      flags: bit 0 label column, bit 1 tag column
///      44  u32      0
///      48  32 bytes SHA-256 of bytes 0..47 and of everything from byte 80 to the end
///      80  count * i32  labels, when flagged (class number, -1 unknown)
///          count * f32  tags, when flagged (for example SNR in dB; NaN none)
///          count * P*H*W*2*ceil(C/8) bytes  frames: plane 0..P-1, pixels in raster order, per pixel ceil(C/8) bytes of
///          real bits then ceil(C/8) bytes of imaginary bits, LSB first, pad bits 0
/// </code>
/// The file ends with the last frame.
/// </summary>
public static class FrameFile
{
    /// <summary>File extension, with the dot.</summary>
    public const string Extension = ".bcnnframes";

    /// <summary>Opens for reading single frames; the whole file is checked first.</summary>
    /// <exception cref="InputException">Every broken rule.</exception>
    public static FrameReader Open(string path)
    {
        ViolationList violations = new(path);
        FileStream? stream = InputFile.Open(path, long.MaxValue, violations);
        FrameReader? reader = null;
        try
        {
            reader = stream is null ? null : FrameReader.Open(stream, violations);
        }
        catch (IOException failure)
        {
            violations.Add("file", failure.Message, "the file must be readable to its end", "Check the disk and pack the frames again");
        }

        if (violations.Count > 0)
        {
            stream?.Dispose();
        }

        ViolationList.ThrowIfAny(violations);
        return reader!;
    }

    /// <summary>Reads all frames into memory.</summary>
    public static FrameSet Read(string path)
    {
        using FrameReader reader = Open(path);
        List<Frame> frames = new(reader.Count);
        for (int i = 0; i < reader.Count; i++)
        {
            frames.Add(reader[i]);
        }

        return new FrameSet(reader.Shape, frames);
    }

    /// <summary>Writes under a temporary name and renames. All frames must have the shape of the set.</summary>
    public static void Write(string path, FrameSet set)
    {
        if (set.Frames.Count == 0 || set.Frames.Any(f => f.Shape != set.Shape || f.Planes.Length != set.Shape.FrameBytes))
        {
            throw new ArgumentException($"frames of {set.Shape} expected, at least one", nameof(set));
        }

        bool labels = set.Frames.Any(f => f.Label >= 0);
        bool tags = set.Frames.Any(f => !float.IsNaN(f.Tag));
        FrameHeader header = new(set.Shape, set.Frames.Count, labels, tags, new byte[32]);
        header = header with { Sha256 = Hash(header, set) };
        byte[] bytes = new byte[FrameHeader.Bytes];
        header.Encode(bytes);
        OutputFile.Write(path, stream =>
        {
            stream.Write(bytes);
            foreach (byte[] part in Content(header, set))
            {
                stream.Write(part);
            }
        });
    }

    private static byte[] Hash(FrameHeader header, FrameSet set)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] bytes = new byte[FrameHeader.Bytes];
        header.Encode(bytes);
        hash.AppendData(bytes, 0, FrameHeader.HashedBytes);
        foreach (byte[] part in Content(header, set))
        {
            hash.AppendData(part);
        }

        return hash.GetHashAndReset();
    }

    private static IEnumerable<byte[]> Content(FrameHeader header, FrameSet set)
    {
        if (header.HasLabels)
        {
            byte[] column = new byte[4 * set.Frames.Count];
            for (int i = 0; i < set.Frames.Count; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(column.AsSpan(4 * i), set.Frames[i].Label);
            }

            yield return column;
        }

        if (header.HasTags)
        {
            byte[] column = new byte[4 * set.Frames.Count];
            for (int i = 0; i < set.Frames.Count; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(column.AsSpan(4 * i), set.Frames[i].Tag);
            }

            yield return column;
        }

        foreach (Frame frame in set.Frames)
        {
            yield return frame.Planes;
        }
    }
}
