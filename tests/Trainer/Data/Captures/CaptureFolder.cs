using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BcnnSim.Trainer.Tests.Data.Captures;

/// <summary>A folder of small recordings, made as other software makes them: nothing of the readers is used.</summary>
public sealed class CaptureFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("bcnntrain-captures-").FullName;

    public void Dispose() => Directory.Delete(Root, true);

    public string File(string name)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Interleaved components of noise, seeded; every value is a whole number in -100..100, so that each type holds it.</summary>
    public static float[] Noise(int samples, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 2 * samples).Select(_ => (float)random.Next(-100, 101))];
    }

    /// <summary>Components in one of the types of SigMF.</summary>
    public static byte[] Bytes(IReadOnlyList<float> components, string type)
    {
        var bytes = new byte[components.Count * (type switch { "cf32_le" => 4, "ci16_le" => 2, _ => 1 })];
        for (int i = 0; i < components.Count; i++)
        {
            switch (type)
            {
                case "cf32_le":
                    BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), components[i]);
                    break;
                case "ci16_le":
                    BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), (short)components[i]);
                    break;
                default:
                    bytes[i] = (byte)(sbyte)components[i];
                    break;
            }
        }

        return bytes;
    }

    public string Raw(string name, IReadOnlyList<float> components, string type)
    {
        System.IO.File.WriteAllBytes(File(name), Bytes(components, type));
        return File(name);
    }

    /// <summary>A recording with one annotation per (start, count, label) and the right hash; <paramref name="edit"/> changes the description.</summary>
    public string Sigmf(string name, IReadOnlyList<float> components, string type, (long Start, long? Count, string? Label)[] annotations, Action<JsonObject>? edit = null)
    {
        byte[] data = Bytes(components, type);
        System.IO.File.WriteAllBytes(File(name + ".sigmf-data"), data);
        var list = new JsonArray();
        foreach ((long start, long? count, string? label) in annotations)
        {
            var annotation = new JsonObject { ["core:sample_start"] = start };
            if (count is not null)
            {
                annotation["core:sample_count"] = count;
            }

            if (label is not null)
            {
                annotation["core:label"] = label;
            }

            list.Add(annotation);
        }

        var root = new JsonObject
        {
            ["global"] = new JsonObject
            {
                ["core:datatype"] = type, ["core:version"] = "1.2.0", ["core:sample_rate"] = 200000, ["core:sha512"] = Convert.ToHexStringLower(SHA512.HashData(data)),
                ["core:author"] = "a test", ["antenna:gain"] = 3.5,
            },
            ["captures"] = new JsonArray(new JsonObject { ["core:sample_start"] = 0, ["core:frequency"] = 915e6 }),
            ["annotations"] = list,
        };
        edit?.Invoke(root);
        System.IO.File.WriteAllText(File(name + ".sigmf-meta"), root.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        return File(name + ".sigmf-meta");
    }

    /// <summary>An array as numpy.save writes it: header padded with spaces to a multiple of 64, newline at its end.</summary>
    public string Npy(string name, string descr, string shape, byte[] data, bool fortran = false, byte version = 1)
    {
        string text = $"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({shape}), }}";
        int prefix = version == 1 ? 10 : 12;
        text = text.PadRight(((text.Length + prefix + 1 + 63) / 64 * 64) - prefix - 1) + "\n";
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes((uint)text.Length);
        System.IO.File.WriteAllBytes(File(name), [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.Latin1.GetBytes(text), .. data]);
        return File(name);
    }

    public static byte[] Floats(IEnumerable<float> values) => MemoryMarshal.AsBytes(values.ToArray().AsSpan()).ToArray();
}
