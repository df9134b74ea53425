using System.Globalization;
using System.Text.Json;

namespace BcnnSim.Networks;

/// <summary>The JSON header of a weights file: names, types, shapes and byte ranges, checked before any tensor is touched.</summary>
internal sealed class WeightHeader
{
    private const int Ranks = 4;
    private readonly List<Entry> entries = [];
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);

    private WeightHeader()
    {
    }

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    public static WeightHeader Read(StrictObject header, string metadataKey)
    {
        WeightHeader result = new();
        foreach ((string name, JsonElement value) in header.TakeAll())
        {
            string place = $"tensor {name}";
            if (name == metadataKey)
            {
                result.ReadMetadata(new StrictObject(value, name, header.Violations));
            }
            else if (NetworkLimits.IsName(name))
            {
                result.ReadEntry(name, new StrictObject(value, place, header.Violations));
            }
            else
            {
                header.Violations.Add(place, name, "a tensor name has the characters a-z 0-9 _ . -", "Rename the tensor");
            }
        }

        return result;
    }

    public static void WriteEntry(Utf8JsonWriter json, WeightTensor tensor, long begin)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.ToString());
        json.WriteStartArray("shape");
        foreach (long size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Sorted by offset, each tensor begins where the previous ended and the last ends with the file.</summary>
    public void CheckCoverage(long dataBytes, ViolationList violations)
    {
        long expected = 0;
        foreach (Entry entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != expected)
            {
                string fault = entry.Begin < expected ? "overlaps the tensor before it" : "leaves a gap before it";
                violations.Add($"tensor {entry.Name}.data_offsets", Number(entry.Begin), $"{fault}: must begin at byte {Number(expected)}", "Export the file again");
            }

            expected = Math.Max(expected, entry.End);
        }

        if (expected != dataBytes)
        {
            string fault = expected > dataBytes ? "truncated" : "trailing bytes";
            violations.Add("data", InputFile.Bytes(dataBytes), $"{fault}: the tensors take exactly {InputFile.Bytes(expected)}", "Export the file again");
        }
    }

    public IReadOnlyList<WeightTensor> Slice(byte[] bytes, int dataStart)
        => [.. entries.OrderBy(e => e.Begin).Select(e => new WeightTensor(
            e.Name, e.Type, e.Shape, bytes.AsMemory(dataStart + (int)e.Begin, (int)(e.End - e.Begin))))];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private void ReadMetadata(StrictObject map)
    {
        foreach ((string key, JsonElement value) in map.TakeAll())
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                metadata[key] = value.GetString()!;
            }
            else
            {
                map.Refuse(key, value.GetRawText(), "metadata is a map of strings", "Write text");
            }
        }
    }

    private void ReadEntry(string name, StrictObject entry)
    {
        int before = entry.Violations.Count;
        string typeName = entry.Text("dtype");
        long[] shape = Longs(entry, "shape", 1, Ranks);
        long[] range = Longs(entry, "data_offsets", 2, 2);
        entry.Close();
        if (!Enum.TryParse(typeName, out TensorType type) || type.ToString() != typeName)
        {
            entry.Refuse("dtype", typeName, "must be U8, I8, I16, I32 or I64", "Export the tensor in one of these types");
        }

        if (entry.Violations.Count != before)
        {
            return;
        }

        // Each dimension fits 31 bits and the rank is at most 4: the running product is bounded by the check inside the loop.
        long bytes = WeightTensor.ElementBytes(type);
        foreach (long size in shape)
        {
            bytes = bytes > NetworkLimits.WeightBytes ? bytes : bytes * size;
        }

        if (range[1] - range[0] != bytes)
        {
            entry.Refuse("data_offsets", $"[{Number(range[0])},{Number(range[1])}]", "its length must be the product of shape and element size", "The header is corrupt: export the file again");
            return;
        }

        entries.Add(new Entry(name, type, shape, range[0], range[1]));
    }

    private static long[] Longs(StrictObject entry, string key, int minimumCount, int maximumCount)
    {
        if (!entry.TryTake(key, JsonValueKind.Array, out JsonElement array))
        {
            return [];
        }

        int count = array.GetArrayLength();
        if (count < minimumCount || count > maximumCount)
        {
            entry.Refuse(key, array.GetRawText(), $"must have {minimumCount}..{maximumCount} numbers", "Export the file again");
            return [];
        }

        long[] values = new long[count];
        for (int i = 0; i < count; i++)
        {
            if (array[i].ValueKind != JsonValueKind.Number || !array[i].TryGetInt64(out values[i]) || values[i] < 0 || values[i] > int.MaxValue)
            {
                entry.Refuse($"{key}[{i}]", array[i].GetRawText(), $"must be a whole number in 0..{int.MaxValue}", "Export the file again");
            }
        }

        return values;
    }

    private sealed record Entry(string Name, TensorType Type, long[] Shape, long Begin, long End);
}
