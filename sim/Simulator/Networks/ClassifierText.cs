using System.Text.Json;

namespace BcnnSim.Networks;

/// <summary>A classifier node as text.</summary>
internal sealed record ClassifierText(string Name, string Source, int Classes) : NodeText(Name, Source)
{
    public const string Kind = "classifier";

    public static ClassifierText ReadMembers(StrictObject node)
    {
        ClassifierText text = new(node.Name("name"), node.Name("input"), node.Integer("classes", 1, NetworkLimits.Dimension));
        node.Close();
        return text;
    }

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", Kind);
        json.WriteString("name", Name);
        json.WriteString("input", Source);
        json.WriteNumber("classes", Classes);
        json.WriteEndObject();
    }
}
