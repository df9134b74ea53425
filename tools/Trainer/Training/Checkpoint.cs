using System.Security.Cryptography;
using System.Text;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// State of one phase on disk: magic "BCNNCKP1", fingerprint of the configuration, counters, named float arrays, SHA-256 of
/// everything before it; little endian. Written beside the old file and renamed over it, so a kill leaves one or the other.
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
        string temporary = path + ".tmp";
        File.WriteAllBytes(temporary, memory.ToArray());
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Fills <paramref name="arrays"/>; refuses a file of another configuration, a changed or a cut file.</summary>
    public static PhaseState Read(string path, string fingerprint, IReadOnlyList<(string Name, float[] Value)> arrays)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int body = bytes.Length - SHA256.HashSizeInBytes;
        if (body < Magic.Length || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw Refused(path, "header", "no BCNNCKP1 magic", "must be a checkpoint of bcnntrain");
        }

        if (!SHA256.HashData(bytes.AsSpan(0, body)).AsSpan().SequenceEqual(bytes.AsSpan(body)))
        {
            throw Refused(path, "hash", "does not match", "the file must be whole and unchanged");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, Magic.Length, body - Magic.Length), Encoding.UTF8);
        string found = reader.ReadString();
        if (found != fingerprint)
        {
            throw Refused(path, "configuration", found, $"must be {fingerprint}, the configuration of this run");
        }

        PhaseState state = PhaseState.Read(reader);
        int count = reader.ReadInt32();
        if (count != arrays.Count)
        {
            throw Refused(path, "arrays", $"{count}", $"must hold {arrays.Count} arrays");
        }

        foreach ((string name, float[] value) in arrays)
        {
            ReadArray(path, reader, name, value);
        }

        return state;
    }

    private static void ReadArray(string path, BinaryReader reader, string name, float[] value)
    {
        string found = reader.ReadString();
        int length = reader.ReadInt32();
        if (found != name || length != value.Length)
        {
            throw Refused(path, found, $"{length} values", $"must be {name} with {value.Length} values");
        }

        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(value.AsSpan()));
    }

    private static InputException Refused(string path, string place, string value, string rule) =>
        new(path, place, value, rule, "Delete the file and start the phase again, or run with the configuration that made it");
}
