using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace BcnnSim.Networks;

/// <summary>
/// Strict safetensors (github.com/huggingface/safetensors, format section of its README): 8-byte little-endian header length,
/// JSON header, tensor bytes. Taken here: U8, I8, I16, I64, F32; tensors cover the data exactly, without gap or overlap; the file ends
/// with the last tensor. Reading keeps the file once and views into it.
/// </summary>
public static class WeightFile
{
    internal const int PrefixBytes = 8;
    private const string MetadataKey = "__metadata__";

    public static WeightSet Read(string path)
    {
        ViolationList violations = new(path);
        byte[]? bytes = InputFile.ReadAll(path, NetworkLimits.WeightBytes, violations);
        WeightSet? set = bytes is null ? null : Parse(bytes, violations);
        ViolationList.ThrowIfAny(violations);
        return set!;
    }

    /// <summary>Writes under a temporary name and renames. Larger elements come first, so every tensor is aligned.</summary>
    public static void Write(string path, IEnumerable<WeightTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        byte[] bytes = Encode(tensors, metadata);
        OutputFile.Write(path, stream => stream.Write(bytes));
    }

    internal static byte[] Encode(IEnumerable<WeightTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        WeightTensor[] ordered = [.. tensors
            .OrderByDescending(t => WeightTensor.ElementBytes(t.Type))
            .ThenBy(t => t.Name, StringComparer.Ordinal)];
        byte[] header = EncodeHeader(ordered, metadata);
        byte[] bytes = new byte[PrefixBytes + header.Length + ordered.Sum(t => t.Data.Length)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)header.Length);
        header.CopyTo(bytes, PrefixBytes);
        int at = PrefixBytes + header.Length;
        foreach (WeightTensor tensor in ordered)
        {
            tensor.Data.Span.CopyTo(bytes.AsSpan(at));
            at += tensor.Data.Length;
        }

        return bytes;
    }

    /// <summary>Null when the container itself is broken; the reasons are in <paramref name="violations"/>.</summary>
    internal static WeightSet? Parse(byte[] bytes, ViolationList violations)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        int before = violations.Count;
        int headerBytes = HeaderBytes(bytes, violations);
        if (headerBytes == 0)
        {
            return null;
        }

        using JsonDocument? header = StrictJson.Parse(bytes.AsMemory(PrefixBytes, headerBytes), "header", violations);
        if (header is null)
        {
            return null;
        }

        WeightHeader parsed = WeightHeader.Read(new StrictObject(header.RootElement, "header", violations), MetadataKey);
        parsed.CheckCoverage(bytes.Length - PrefixBytes - headerBytes, violations);
        return violations.Count != before ? null : new WeightSet(parsed.Slice(bytes, PrefixBytes + headerBytes), parsed.Metadata, hash);
    }

    private static int HeaderBytes(byte[] bytes, ViolationList violations)
    {
        if (bytes.Length < PrefixBytes + 2)
        {
            violations.Add("file", InputFile.Bytes(bytes.Length), "too short for a header", "The file is truncated: export it again");
            return 0;
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ulong limit = (ulong)Math.Min(bytes.Length - PrefixBytes, NetworkLimits.JsonBytes);
        if (length >= 2 && length <= limit)
        {
            return (int)length;
        }

        violations.Add("header length", length.ToString(System.Globalization.CultureInfo.InvariantCulture), $"must be 2..{limit} bytes, the rest of the file", "The file is truncated or not safetensors: export it again");
        return 0;
    }

    private static byte[] EncodeHeader(WeightTensor[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long begin = 0;
            foreach (WeightTensor tensor in tensors)
            {
                WeightHeader.WriteEntry(json, tensor, begin);
                begin += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        // The format allows trailing spaces: they align the data to 8 bytes.
        while (stream.Length % 8 != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null || metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject(MetadataKey);
        foreach ((string key, string value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
