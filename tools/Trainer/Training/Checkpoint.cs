using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// State of one phase on disk: magic "BCNNCKP1", fingerprint of the configuration, counters, named float arrays, SHA-256 of
/// everything before it; little endian. Every value is finite, or the file is refused when it is read. Written beside the old file and renamed over it, so a kill leaves one or the other.
/// </summary>
public static class Checkpoint
{
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("BCNNCKP1");

    public static void Write(string path, string fingerprint, PhaseState state, IReadOnlyList<(string Name, float[] Value)> arrays)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(fingerprint);
            state.Write(writer);
            writer.Write(arrays.Count);
            foreach ((string name, float[] value) in arrays)
            {
                writer.Write(name);
                writer.Write(value.Length);
                writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(value.AsSpan()));
            }
        }

        memory.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        RunFile.Write(path, memory.WriteTo);
    }

    /// <summary>Counters alone; refuses a changed or a cut file and one of another configuration, without the arrays at hand.</summary>
    public static PhaseState ReadState(string path, string fingerprint)
    {
        using BinaryReader reader = Open(path, fingerprint);
        return Parsed(path, () => PhaseState.Read(reader));
    }

    /// <summary>Fills <paramref name="arrays"/>; refuses a file of another configuration, a changed or a cut file, values that are not finite.</summary>
    public static PhaseState Read(string path, string fingerprint, IReadOnlyList<(string Name, float[] Value)> arrays)
    {
        using BinaryReader reader = Open(path, fingerprint);
        return Parsed(path, () =>
        {
            PhaseState state = PhaseState.Read(reader);
            int count = reader.ReadInt32();
            if (!state.IsPossible || count != arrays.Count)
            {
                throw Refused(path, "counters", $"{state}, {count} arrays", $"must be possible, with {arrays.Count} arrays");
            }

            foreach ((string name, float[] value) in arrays)
            {
                ReadArray(path, reader, name, value);
            }

            CheckFinite(path, arrays);
            long rest = reader.BaseStream.Length - reader.BaseStream.Position;
            return rest == 0 ? state : throw Refused(path, "end", $"{rest} more bytes", "must end with the last array");
        });
    }

    // Everything before the hash, behind the fingerprint. Allocates the file once and nothing by a length written in it.
    private static BinaryReader Open(string path, string fingerprint)
    {
        var violations = new ViolationList(path);
        byte[]? read = InputFile.ReadAll(path, Array.MaxLength, violations);
        ViolationList.ThrowIfAny(violations);
        byte[] bytes = read!;
        int body = bytes.Length - SHA256.HashSizeInBytes;
        if (body < Magic.Length || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw Refused(path, "header", "no BCNNCKP1 magic", "must be a checkpoint of bcnntrain");
        }

        if (!SHA256.HashData(bytes.AsSpan(0, body)).AsSpan().SequenceEqual(bytes.AsSpan(body)))
        {
            throw Refused(path, "hash", "does not match", "the file must be whole and unchanged");
        }

        var reader = new BinaryReader(new MemoryStream(bytes, Magic.Length, body - Magic.Length), Encoding.UTF8);
        string found = Parsed(path, reader.ReadString);
        return found == fingerprint
            ? reader
            : throw Refused(path, "configuration", ViolationList.Printable(found), $"must be {fingerprint}, the configuration of this run");
    }

    // A right hash over wrong content: texts and arrays that end behind the file, lengths that are no lengths.
    private static T Parsed<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or FormatException)
        {
            throw Refused(path, "content", failure.Message, "counters, names and arrays must lie within the file");
        }
    }

    private static void ReadArray(string path, BinaryReader reader, string name, float[] value)
    {
        string found = reader.ReadString();
        int length = reader.ReadInt32();
        if (found != name || length != value.Length)
        {
            throw Refused(path, ViolationList.Printable(found), $"{length} values", $"must be {name} with {value.Length} values");
        }

        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(value.AsSpan()));
    }

    // A training that diverged leaves a whole file with the right hash; one line per array, of its first such value.
    private static void CheckFinite(string path, IReadOnlyList<(string Name, float[] Value)> arrays)
    {
        var violations = new ViolationList(path);
        foreach ((string name, float[] value) in arrays)
        {
            int first = Array.FindIndex(value, x => !float.IsFinite(x));
            if (first >= 0)
            {
                string rule = $"must be finite, {value.Count(x => !float.IsFinite(x))} of {value.Length} values are not";
                violations.Add($"{name}[{first}]", value[first].ToString(CultureInfo.InvariantCulture), rule, "The training diverged: start the phase again with a lower learning rate");
            }
        }

        ViolationList.ThrowIfAny(violations);
    }

    private static InputException Refused(string path, string place, string value, string rule) =>
        new(path, place, value, rule, "Run with the configuration that made it (configuration.json beside it), give another --run, or delete the file: the phase then starts again");
}
