using System.Text.Json;

namespace BcnnSim.Networks;

/// <summary>Content of network.json: everything but the tensors. A refused part is null, so that nothing is concluded from it.</summary>
/// <param name="Name">Network name.</param>
/// <param name="Input">Frame shape and quantisation.</param>
/// <param name="ValueFractionBits">Fraction bits of the 16-bit values.</param>
/// <param name="Nodes">In file order.</param>
/// <param name="Classes">Class names.</param>
/// <param name="Pruning">As stated.</param>
/// <param name="Provenance">Free text.</param>
/// <param name="WeightsSha256">Hash of weights.safetensors, lower-case hexadecimal.</param>
internal sealed record NetworkText(
    string Name,
    NetworkInput? Input,
    int ValueFractionBits,
    IReadOnlyList<NodeText?> Nodes,
    IReadOnlyList<string>? Classes,
    PruningRecord? Pruning,
    IReadOnlyDictionary<string, string> Provenance,
    string WeightsSha256)
{
    public const string SchemaId = "bcnnsim.network/1";
    private const string BlockLanesKey = "blockLanes";
    private const int MaxBlockLanes = 64;
    public static readonly IReadOnlyList<string> Structures = ["none", "filter", "channel", "column", "kernel", "block", "unstructured"];

    public static NetworkText? Parse(byte[] json, ViolationList violations)
    {
        using JsonDocument? document = StrictJson.Parse(json, "text", violations);
        if (document is null)
        {
            return null;
        }

        StrictObject root = new(document.RootElement, "network", violations);
        ReadSchema(root);
        NetworkText text = new(
            root.Name("name"),
            Accepted(violations, () => InputText.Read(root.Object("input"))),
            root.Integer("valueFractionBits", 0, 15),
            ReadNodes(root),
            Accepted(violations, () => ReadClasses(root)),
            Accepted(violations, () => ReadPruning(root.Object("pruning"))),
            ReadProvenance(root.Object("provenance")),
            ReadHash(root));
        root.Close();
        return text;
    }

    public byte[] Encode()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema", SchemaId);
            json.WriteString("name", Name);
            InputText.Write(json, Input!);
            json.WriteNumber("valueFractionBits", ValueFractionBits);
            json.WriteStartArray("nodes");
            foreach (NodeText? node in Nodes)
            {
                node?.Write(json);
            }

            json.WriteEndArray();
            WriteTail(json);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>The part, or null when reading it reported anything.</summary>
    private static T? Accepted<T>(ViolationList violations, Func<T> read)
        where T : class
    {
        int before = violations.Count;
        T part = read();
        return violations.Count == before ? part : null;
    }

    private static void ReadSchema(StrictObject root)
    {
        int before = root.Violations.Count;
        string schema = root.Text("schema");
        if (root.Violations.Count == before && schema != SchemaId)
        {
            root.Refuse("schema", schema, $"must be {SchemaId}", "Export the network with this version");
        }
    }

    internal static List<NodeText?> ReadNodes(StrictObject root)
    {
        List<NodeText?> nodes = [];
        if (!root.TryTake("nodes", JsonValueKind.Array, out JsonElement array))
        {
            return nodes;
        }

        int count = array.GetArrayLength();
        if (count is 0 or > NetworkLimits.Nodes)
        {
            root.Refuse("nodes", $"{count} nodes", $"must have 1..{NetworkLimits.Nodes} nodes", "Correct the graph");
            return nodes;
        }

        foreach (JsonElement element in array.EnumerateArray())
        {
            nodes.Add(NodeText.Read(new StrictObject(element, NodePlace(element, nodes.Count), root.Violations)));
        }

        return nodes;
    }

    /// <summary>nodes[3] (conv4): the index is always right, the name helps when it can be read.</summary>
    private static string NodePlace(JsonElement node, int index)
        => node.ValueKind == JsonValueKind.Object && node.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String
            ? $"nodes[{index}] ({ViolationList.Printable(name.GetString()!)})"
            : $"nodes[{index}]";

    private static List<string> ReadClasses(StrictObject root)
    {
        List<string> classes = [];
        if (!root.TryTake("classes", JsonValueKind.Array, out JsonElement array))
        {
            return classes;
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonElement element in array.EnumerateArray())
        {
            string name = element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
            if (name.Length is 0 or > NetworkLimits.NameLength || !seen.Add(name))
            {
                root.Refuse($"classes[{classes.Count}]", element.GetRawText(), $"must be a unique text of 1..{NetworkLimits.NameLength} characters", "Rename the class");
            }

            classes.Add(name);
        }

        return classes;
    }

    private static PruningRecord ReadPruning(StrictObject pruning)
    {
        int before = pruning.Violations.Count;
        PruningRecord record = new(pruning.Text("structure"), pruning.Long("denseWeights", 1, long.MaxValue), pruning.Long("keptWeights", 1, long.MaxValue));
        if (pruning.Has(BlockLanesKey) || record.Structure == "block")
        {
            record = record with { BlockLanes = pruning.Pair(BlockLanesKey, 1, MaxBlockLanes) };
        }

        pruning.Close();
        if (pruning.Violations.Count == before && !Structures.Contains(record.Structure))
        {
            pruning.Refuse("structure", record.Structure, $"must be one of {string.Join(", ", Structures)}", "Name what pruning removed");
        }

        return record;
    }

    private static SortedDictionary<string, string> ReadProvenance(StrictObject map)
    {
        SortedDictionary<string, string> result = new(StringComparer.Ordinal);
        foreach ((string key, _) in map.TakeAll())
        {
            result[key] = map.Text(key);
        }

        return result;
    }

    private static string ReadHash(StrictObject root)
    {
        int before = root.Violations.Count;
        string hash = root.Text("weightsSha256");
        if (root.Violations.Count == before && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower)))
        {
            root.Refuse("weightsSha256", hash, "must be 64 lower-case hexadecimal digits", "Write the SHA-256 of weights.safetensors");
        }

        return hash;
    }

    private void WriteTail(Utf8JsonWriter json)
    {
        json.WriteStartArray("classes");
        foreach (string name in Classes!)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteStartObject("pruning");
        json.WriteString("structure", Pruning!.Structure);
        json.WriteNumber("denseWeights", Pruning.DenseWeights);
        json.WriteNumber("keptWeights", Pruning.KeptWeights);
        if (Pruning.BlockLanes is { } lanes)
        {
            json.WriteStartArray(BlockLanesKey);
            json.WriteNumberValue(lanes.Output);
            json.WriteNumberValue(lanes.Input);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartObject("provenance");
        foreach ((string key, string value) in Provenance.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteString("weightsSha256", WeightsSha256);
    }
}
