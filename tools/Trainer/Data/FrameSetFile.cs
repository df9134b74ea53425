using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// Cache file of a frame set, little-endian: "BCNNSET1", frame bytes (int32), count (int32), length of the configuration
/// text (int32), the text in UTF-8, the frames, SHA-256 of everything before. A file made for another configuration, cut
/// short or changed is refused by <see cref="Read"/> and made anew by <see cref="ReadOrBuild"/>.
/// </summary>
public static class FrameSetFile
{
    private const int HashBytes = 32;
    private static readonly byte[] Magic = "BCNNSET1"u8.ToArray();

    /// <summary>File of that source in a cache folder: its name holds the hash of the configuration.</summary>
    public static string PathIn(string folder, IFrameSource source)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(source.Configuration));
        return Path.Combine(folder, $"frames-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}.bin");
    }

    /// <summary>The set from the cache folder, or made now and stored there; <paramref name="report"/> hears which and why.</summary>
    public static FrameSet ReadOrBuild(
        string folder, IFrameSource source, int threads, Action<string>? report = null, IProgress<int>? progress = null)
    {
        string path = PathIn(folder, source);
        if (File.Exists(path))
        {
            try
            {
                FrameSet cached = Read(path, source);
                report?.Invoke($"{source.Count} frames read from {path}");
                return cached;
            }
            catch (InputException refusal)
            {
                report?.Invoke($"cache refused and made anew: {refusal.Message}");
            }
        }

        FrameSet built = FrameSet.Build(source, threads, progress);
        Write(path, built);
        report?.Invoke($"{source.Count} frames made and stored in {path}");
        return built;
    }

    /// <summary>Writes the set beside its final name first, so a broken run leaves no half file under it.</summary>
    public static void Write(string path, FrameSet set)
    {
        OutputFile.Write(path, stream =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            void Put(ReadOnlySpan<byte> bytes)
            {
                hash.AppendData(bytes);
                stream.Write(bytes);
            }

            Put(Header(set));
            for (int index = 0; index < set.Count; index++)
            {
                Put(set.Bytes(index));
            }

            stream.Write(hash.GetHashAndReset());
        });
    }

    /// <summary>Reads a set that must belong to <paramref name="source"/>.</summary>
    public static FrameSet Read(string path, IFrameSource source)
    {
        byte[] header = Header(source);
        int frameBytes = FrameSet.BytesPerFrame(source);
        long expected = header.Length + ((long)frameBytes * source.Count) + HashBytes;
        using FileStream stream = OpenExisting(path);
        if (stream.Length != expected)
        {
            throw Refusal(path, "length", $"{stream.Length} bytes", $"must be {expected} bytes for this configuration");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var found = new byte[header.Length];
        stream.ReadExactly(found);
        hash.AppendData(found);
        if (!found.AsSpan().SequenceEqual(header))
        {
            throw Refusal(path, "header", "another configuration", "must name the configuration asked for");
        }

        var frames = new byte[source.Count][];
        for (int index = 0; index < frames.Length; index++)
        {
            frames[index] = new byte[frameBytes];
            stream.ReadExactly(frames[index]);
            hash.AppendData(frames[index]);
        }

        var stored = new byte[HashBytes];
        stream.ReadExactly(stored);
        if (!stored.AsSpan().SequenceEqual(hash.GetHashAndReset()))
        {
            throw Refusal(path, "SHA-256", "does not match", "must be the hash of the content");
        }

        return FrameSet.FromBytes(source, frames);
    }

    private static FileStream OpenExisting(string path)
    {
        var violations = new ViolationList(path);
        FileStream? stream = InputFile.Open(path, long.MaxValue, violations);
        ViolationList.ThrowIfAny(violations);
        return stream!;
    }

    private static byte[] Header(IFrameSource source)
    {
        byte[] text = Encoding.UTF8.GetBytes(source.Configuration);
        var header = new byte[Magic.Length + 12 + text.Length];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), FrameSet.BytesPerFrame(source));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), source.Count);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), text.Length);
        text.CopyTo(header, 20);
        return header;
    }

    private static InputException Refusal(string path, string place, string value, string rule) =>
        new(path, place, value, rule, "delete the file; it is made anew from the generator");
}
