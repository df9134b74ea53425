using System.Text.Json;

namespace BcnnSim.Networks;

/// <summary>A classifier node as text.</summary>
internal sealed record ClassifierText(string Name, string Source, int Classes, bool ReadsValues, bool Relu) : NodeText(Name, Source)
{
    public const string Kind = "classifier";
    private static readonly string[] FeatureNames = ["bits", "values"];

    public static ClassifierText From(ClassifierLayer head) => new(head.Name, head.Source, head.ClassCount, head.ReadsValues, head.Relu);

    public static ClassifierText ReadMembers(StrictObject node)
    {
        ClassifierText text = new(
            node.Name("name"),
            node.Name("input"),
            node.Integer("classes", 1, NetworkLimits.Dimension),
            node.Choice("features", FeatureNames) == 1,
            node.Flag("relu"));
        node.Close();
        if (text.Relu && !text.ReadsValues)
        {
            node.Refuse("relu", "true", "bits have no ReLU: relu needs features values", "Set relu to false or features to values");
        }

        return text;
    }

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", Kind);
        json.WriteString("name", Name);
        json.WriteString("input", Source);
        json.WriteNumber("classes", Classes);
        json.WriteString("features", FeatureNames[ReadsValues ? 1 : 0]);
        json.WriteBoolean("relu", Relu);
        json.WriteEndObject();
    }
}
