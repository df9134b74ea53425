using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Configuration;

/// <summary>
/// Holds JSON text against the records themselves, so that a new key is one property: unknown, missing and duplicate keys and
/// values of another type become violations. What is refused is replaced by a harmless value, so that the rules of the
/// values next to it are still checked; <see cref="Refused"/> tells them what not to judge.
/// </summary>
internal sealed class ConfigurationShape(JsonSerializerOptions options, ViolationList violations)
{
    private readonly HashSet<string> refused = new(StringComparer.Ordinal);

    /// <summary>Places whose values were replaced.</summary>
    public IReadOnlySet<string> Refused => refused;

    /// <summary>The text as a tree that binds to <paramref name="type"/> without fail.</summary>
    public JsonNode Read(JsonElement root, Type type) => Value(root, type, nullable: false, string.Empty)!;

    private static Type? Element(Type type) =>
        type.IsGenericType && type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : null;

    private static bool IsLeaf(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string);

    private static string Join(string place, string key) => place.Length == 0 ? key : $"{place}.{key}";

    private static string Choices(Type type) => string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));

    // The rule a leaf must keep, or null when it does.
    private static string? Broken(JsonElement value, Type type)
    {
        bool number = value.ValueKind == JsonValueKind.Number;
        (bool good, string rule) = Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => (value.ValueKind == JsonValueKind.String && Enum.GetNames(type).Any(name => JsonNamingPolicy.CamelCase.ConvertName(name) == value.GetString()), $"must be one of {Choices(type)}"),
            TypeCode.String => (value.ValueKind == JsonValueKind.String, "must be a text in quotes"),
            TypeCode.Boolean => (value.ValueKind is JsonValueKind.True or JsonValueKind.False, "must be true or false"),
            TypeCode.Int32 => (number && value.TryGetInt32(out _), $"must be a whole number in {int.MinValue}..{int.MaxValue}"),
            TypeCode.Int64 => (number && value.TryGetInt64(out _), $"must be a whole number in {long.MinValue}..{long.MaxValue}"),
            TypeCode.UInt64 => (number && value.TryGetUInt64(out _), $"must be a whole number in 0..{ulong.MaxValue}"),
            TypeCode.Double => (number && value.TryGetDouble(out double x) && double.IsFinite(x), "must be a finite number"),
            _ => throw new NotSupportedException($"a configuration record holds a {type}: teach ConfigurationShape to read it"),
        };
        return good ? null : rule;
    }

    private JsonNode? Value(JsonElement value, Type type, bool nullable, string place)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        if (value.ValueKind == JsonValueKind.Null && (nullable || inner != type))
        {
            return null;
        }

        string? rule = Element(inner) is not null
            ? value.ValueKind == JsonValueKind.Array ? null : "must be a list in square brackets"
            : IsLeaf(inner) ? Broken(value, inner) : value.ValueKind == JsonValueKind.Object ? null : "must be an object in braces";
        if (rule is not null)
        {
            return Refuse(place, value.GetRawText(), rule, "Write a value of this kind", type, nullable);
        }

        if (Element(inner) is { } element)
        {
            return new JsonArray([.. value.EnumerateArray().Select((item, i) => Value(item, element, nullable: false, string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]")))]);
        }

        return IsLeaf(inner) ? JsonNode.Parse(value.GetRawText()) : Members(value, inner, place);
    }

    private JsonObject Members(JsonElement value, Type type, string place)
    {
        // What is computed from other keys is listed too, but cannot be said.
        Dictionary<string, JsonPropertyInfo> known = options.GetTypeInfo(type).Properties.Where(property => property.Set is not null).ToDictionary(property => property.Name, StringComparer.Ordinal);
        var members = new JsonObject();
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string where = Join(place, member.Name);
            if (!known.TryGetValue(member.Name, out JsonPropertyInfo? property))
            {
                violations.Add(where, member.Value.GetRawText(), "unknown key", $"Remove it or correct its spelling; known here: {string.Join(", ", known.Keys)}");
            }
            else if (members.ContainsKey(member.Name))
            {
                violations.Add(where, member.Value.GetRawText(), "duplicate key", "Keep one of the two");
            }
            else
            {
                members[member.Name] = Value(member.Value, property.PropertyType, property.IsSetNullable, where);
            }
        }

        foreach (JsonPropertyInfo property in known.Values.Where(property => property.IsRequired && !members.ContainsKey(property.Name)))
        {
            members[property.Name] = Refuse(Join(place, property.Name), "absent", "missing key", "Add it", property.PropertyType, property.IsSetNullable);
        }

        return members;
    }

    private JsonNode? Refuse(string place, string value, string rule, string remedy, Type type, bool nullable)
    {
        violations.Add(place, value, rule, remedy);
        refused.Add(place);
        return nullable || Nullable.GetUnderlyingType(type) is not null ? null : Harmless(type);
    }

    private JsonNode Harmless(Type type)
    {
        if (Element(type) is not null)
        {
            return new JsonArray();
        }

        if (IsLeaf(type))
        {
            return type == typeof(string) ? string.Empty : type == typeof(bool) ? false : type.IsEnum ? JsonNamingPolicy.CamelCase.ConvertName(Enum.GetNames(type)[0]) : 0;
        }

        return new JsonObject(options.GetTypeInfo(type).Properties.Where(property => property.IsRequired).Select(
            property => KeyValuePair.Create(property.Name, property.IsSetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null ? null : (JsonNode?)Harmless(property.PropertyType))));
    }
}
