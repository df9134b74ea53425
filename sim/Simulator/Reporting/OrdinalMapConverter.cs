using System.Text.Json;
using System.Text.Json.Serialization;

namespace BcnnSim.Reporting;

/// <summary>Text-keyed map in ordinal order of its keys, whatever order it was filled in.</summary>
internal sealed class OrdinalMapConverter<T> : JsonConverter<IReadOnlyDictionary<string, T>>
{
    public override IReadOnlyDictionary<string, T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Dictionary<string, T>>(ref reader, options) ?? throw new JsonException("a map is expected");

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (KeyValuePair<string, T> item in value.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(item.Key);
            JsonSerializer.Serialize(writer, item.Value, options);
        }

        writer.WriteEndObject();
    }
}
