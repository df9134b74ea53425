using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace BcnnSim.Reporting;

/// <summary>A list whose items have a unique name, written as an object {name: item without the name}, in list order.</summary>
internal sealed class KeyedListConverter<T>(string key) : JsonConverter<IReadOnlyList<T>>
{
    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonDocumentOptions strict = new() { AllowDuplicateProperties = false };
        string text = JsonElement.ParseValue(ref reader).GetRawText();
        JsonObject members = JsonNode.Parse(text, documentOptions: strict) as JsonObject ?? throw new JsonException("an object is expected");
        List<T> items = [];
        foreach (KeyValuePair<string, JsonNode?> member in members)
        {
            JsonObject item = member.Value as JsonObject ?? throw new JsonException($"{member.Key} must be an object");
            item.Insert(0, key, member.Key);
            items.Add(item.Deserialize<T>(options) ?? throw new JsonException($"{member.Key} must not be null"));
        }

        return items;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (T item in value)
        {
            JsonObject members = JsonSerializer.SerializeToNode(item, options)!.AsObject();
            string name = members[key]!.GetValue<string>();
            members.Remove(key);
            writer.WritePropertyName(name);
            members.WriteTo(writer, options);
        }

        writer.WriteEndObject();
    }
}
