using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BcnnSim.Design;

namespace BcnnSim.Reporting;

/// <summary>A design inside a report is a design file: cut out, it runs.</summary>
internal sealed class DesignConverter : JsonConverter<AcceleratorDesign>
{
    public override AcceleratorDesign Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = JsonElement.ParseValue(ref reader).GetRawText();
        try
        {
            return DesignFile.Parse(text, "design");
        }
        catch (InputException failure)
        {
            throw new JsonException(failure.Violations[0].ToString());
        }
    }

    public override void Write(Utf8JsonWriter writer, AcceleratorDesign value, JsonSerializerOptions options) =>
        JsonNode.Parse(DesignFile.ToJson(value))!.WriteTo(writer, options);
}
