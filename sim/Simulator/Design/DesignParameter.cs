using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BcnnSim.Design;

/// <summary>One parameter of a design: where it stands, what it may be, what it means. Read from the design records.</summary>
/// <param name="Path">Dotted path in a design file and in an override.</param>
/// <param name="ValueType">int, long, bool, string or an enumeration.</param>
/// <param name="Unit">"lanes", "cycles", ...; "choice", "switch" or "text" for what has no unit.</param>
/// <param name="Allowed">Its values in words: "1..64", "two | three | four", "true | false".</param>
/// <param name="Meaning">One sentence.</param>
public sealed record DesignParameter(string Path, Type ValueType, string Unit, string Allowed, string Meaning)
{
    /// <summary>Longest text parameter.</summary>
    public const int TextLength = 64;

    /// <summary>Every parameter, in the order of a design file.</summary>
    public static IReadOnlyList<DesignParameter> All { get; } = [.. Walk(typeof(AcceleratorDesign), "")];

    private ParameterAttribute? Range { get; init; }

    /// <summary>Key of a property in a design file.</summary>
    internal static string Key(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    internal static bool IsGroup(Type type) =>
        type is { IsEnum: false, IsClass: true } && type != typeof(string) && type.Namespace == typeof(AcceleratorDesign).Namespace;

    internal static PropertyInfo[] Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    /// <summary>Null when the value is of the right type and in range, else the broken rule.</summary>
    internal string? Refuse(JsonNode? value)
    {
        bool accepted = value is JsonValue scalar && (Range is not null ? InRange(scalar) : Fits(scalar));
        return accepted ? null : Rule;
    }

    /// <summary>Value of an override in the type of the parameter; null when the text is of another type.</summary>
    internal JsonNode? Convert(string text)
    {
        if (Range is not null)
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? JsonValue.Create(number) : null;
        }

        return ValueType != typeof(bool) ? JsonValue.Create(text) : text is "true" or "false" ? JsonValue.Create(text == "true") : null;
    }

    private string Rule => Range is not null
        ? $"{Meaning}: a whole number in {Allowed} {Unit}"
        : $"{Meaning}: {Allowed}";

    private static string Words(Type type) => string.Join(" | ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static IEnumerable<DesignParameter> Walk(Type record, string prefix)
    {
        foreach (PropertyInfo property in Properties(record))
        {
            string path = prefix + Key(property);
            Type type = property.PropertyType;
            if (IsGroup(type))
            {
                foreach (DesignParameter inner in Walk(type, path + "."))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return Describe(property, path);
            }
        }
    }

    private static DesignParameter Describe(PropertyInfo property, string path)
    {
        Type type = property.PropertyType;
        if (property.GetCustomAttribute<ParameterAttribute>() is ParameterAttribute range)
        {
            string bounds = string.Create(CultureInfo.InvariantCulture, $"{range.Minimum}..{range.Maximum}");
            return new DesignParameter(path, type, range.Unit, bounds, range.Meaning) { Range = range };
        }

        string meaning = property.GetCustomAttribute<ChoiceAttribute>()?.Meaning
            ?? throw new InvalidOperationException($"{record(property)} has no range and no meaning");
        return type == typeof(bool)
            ? new DesignParameter(path, type, "switch", "true | false", meaning)
            : type.IsEnum
                ? new DesignParameter(path, type, "choice", Words(type), meaning)
                : new DesignParameter(path, type, "text", $"1..{TextLength} printable characters", meaning);

        static string record(PropertyInfo p) => $"{p.DeclaringType?.Name}.{p.Name}";
    }

    private bool InRange(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long number) && number >= Range!.Minimum && number <= Range.Maximum;

    private bool Fits(JsonValue value)
    {
        JsonValueKind kind = value.GetValueKind();
        if (ValueType == typeof(bool))
        {
            return kind is JsonValueKind.True or JsonValueKind.False;
        }

        if (kind != JsonValueKind.String)
        {
            return false;
        }

        string text = value.GetValue<string>();
        return ValueType.IsEnum
            ? Words(ValueType).Split(" | ").Contains(text, StringComparer.Ordinal)
            : text.Length is > 0 and <= TextLength && !text.Any(char.IsControl);
    }
}
