using System.Text.Json;

namespace BcnnSim.Networks;

/// <summary>Content of a shape file: graph and input, no tensors.</summary>
/// <param name="Name">Name in reports.</param>
/// <param name="Source">Where the shape comes from, one sentence.</param>
/// <param name="Input">Frame shape and planes.</param>
/// <param name="Nodes">As in network.json.</param>
internal sealed record ShapeText(string Name, string Source, NetworkInput? Input, IReadOnlyList<NodeText?> Nodes)
{
    public const string SchemaId = "bcnnsim.shape/1";

    public static ShapeText? Parse(byte[] json, ViolationList violations)
    {
        using JsonDocument? document = StrictJson.Parse(json, "text", violations);
        if (document is null)
        {
            return null;
        }

        StrictObject root = new(document.RootElement, "shape", violations);
        int before = violations.Count;
        string schema = root.Text("schema");
        if (violations.Count == before && schema != SchemaId)
        {
            root.Refuse("schema", schema, $"must be {SchemaId}", "Write a shape file of this version");
        }

        ShapeText text = new(root.Name("name"), root.Text("source"), ReadInput(root.Object("input")), NetworkText.ReadNodes(root));
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
            json.WriteString("source", Source);
            json.WriteStartObject("input");
            json.WriteNumber("height", Input!.Height);
            json.WriteNumber("width", Input.Width);
            json.WriteNumber("channels", Input.Channels);
            json.WriteNumber("inputBits", Input.InputBits);
            json.WriteEndObject();
            json.WriteStartArray("nodes");
            foreach (NodeText? node in Nodes)
            {
                node?.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>As a network without tensors: classes are numbered, nothing was pruned.</summary>
    public NetworkText ToNetwork()
    {
        int classes = Nodes.OfType<ClassifierText>().FirstOrDefault()?.Classes ?? 0;
        string[] names = [.. Enumerable.Range(0, classes).Select(static k => $"class {k}")];
        return new NetworkText(Name, Input, 0, Nodes, names, new PruningRecord("none", 1, 1), new Dictionary<string, string> { ["source"] = Source }, "");
    }

    private static NetworkInput? ReadInput(StrictObject input)
    {
        const int Most = NetworkLimits.Dimension;
        int before = input.Violations.Count;
        NetworkInput result = new(
            input.Integer("height", 1, Most), input.Integer("width", 1, Most), input.Integer("channels", 1, Most), input.Integer("inputBits", 1, 8),
            "none", new Dictionary<string, double>());
        input.Close();
        InputText.CheckSize(input, result);
        return input.Violations.Count == before ? result : null;
    }
}
