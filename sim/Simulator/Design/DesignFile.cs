using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace BcnnSim.Design;

/// <summary>Reader and writer of a design file (JSON, schema "bcnnsim.design/1"): strict, complete, overridable key by key.</summary>
public static class DesignFile
{
    /// <summary>Largest design file accepted; real ones are a few kilobytes.</summary>
    public const int MaxBytes = 1 << 20;

    private const string Schema = "bcnnsim.design/1";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Reads a file, applies "path=value" overrides, checks ranges and rules; every violation at once.</summary>
    public static AcceleratorDesign Read(string file, IEnumerable<string>? overrides = null)
    {
        FileInfo info = new(file);
        if (!info.Exists)
        {
            throw new InputException(file, "file", "-", "the design file does not exist", "Name an existing file, for example models/designs/u280-reference.json");
        }

        if (info.Length > MaxBytes)
        {
            throw new InputException(file, "file", $"{info.Length} bytes", $"a design file has at most {MaxBytes} bytes", "Check that this is a design file");
        }

        return Parse(File.ReadAllText(file), file, overrides);
    }

    public static AcceleratorDesign Parse(string text, string source, IEnumerable<string>? overrides = null)
    {
        JsonObject root = ParseObject(text, source);
        string? schema = root["schema"]?.GetValueKind() == JsonValueKind.String ? root["schema"]!.GetValue<string>() : null;
        if (schema != Schema)
        {
            throw new InputException(source, "schema", schema ?? "missing", $"must be \"{Schema}\"", "Use a design file of this version");
        }

        root.Remove("schema");
        foreach (string item in overrides ?? [])
        {
            Override(root, item);
        }

        AcceleratorDesign design = Deserialize(root, source);
        IReadOnlyList<Violation> violations = DesignRules.Check(design, source);
        return violations.Count == 0 ? design : throw new InputException(violations);
    }

    public static string ToJson(AcceleratorDesign design)
    {
        JsonObject root = new() { ["schema"] = Schema };
        foreach (KeyValuePair<string, JsonNode?> item in JsonSerializer.SerializeToNode(design, Options)!.AsObject())
        {
            root[item.Key] = item.Value?.DeepClone();
        }

        return root.ToJsonString(Options) + "\n";
    }

    private static JsonObject ParseObject(string text, string source)
    {
        try
        {
            JsonDocumentOptions strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };
            return JsonNode.Parse(text, documentOptions: strict) as JsonObject
                ?? throw new InputException(source, "root", "not an object", "a design file is one JSON object", "See models/designs/u280-reference.json");
        }
        catch (JsonException e)
        {
            throw new InputException(source, Place(e), "-", $"not valid JSON ({FirstSentence(e)})", "Correct the file at that place");
        }
    }

    private static AcceleratorDesign Deserialize(JsonObject root, string source)
    {
        try
        {
            return root.Deserialize<AcceleratorDesign>(Options)
                ?? throw new InputException(source, "root", "null", "a design file is one JSON object", "See models/designs/u280-reference.json");
        }
        catch (JsonException e)
        {
            throw new InputException(source, Place(e), "-", FirstSentence(e), "Every parameter must be present once, known, and of its type");
        }
    }

    private static void Override(JsonObject root, string item)
    {
        string flag = $"--set {item}";
        int equals = item.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new InputException(flag, "argument", item, "an override is path=value", "For example peArray.outputLanes=32");
        }

        string path = item[..equals];
        string value = item[(equals + 1)..];
        string[] keys = path.Split('.');
        JsonNode? parent = root;
        foreach (string key in keys[..^1])
        {
            parent = (parent as JsonObject)?[key];
        }

        if (parent is not JsonObject group || !group.ContainsKey(keys[^1]) || group[keys[^1]] is JsonObject)
        {
            throw new InputException(flag, path, value, "no such design parameter", $"Known here: {Known(parent as JsonObject ?? root)}");
        }

        group[keys[^1]] = Convert(group[keys[^1]]!, value, flag, path);
    }

    private static JsonNode Convert(JsonNode old, string value, string flag, string path)
    {
        switch (old.GetValueKind())
        {
            case JsonValueKind.Number when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number):
                return JsonValue.Create(number);
            case JsonValueKind.True or JsonValueKind.False when value is "true" or "false":
                return JsonValue.Create(value == "true");
            case JsonValueKind.String:
                return JsonValue.Create(value);
            default:
                throw new InputException(flag, path, value, $"the parameter is a {old.GetValueKind()}", "Give a whole number, true or false, as in the design file");
        }
    }

    private static string Known(JsonObject group) => string.Join(", ", group.Select(p => p.Key));

    private static string Place(JsonException e) => $"{e.Path ?? "$"} line {(e.LineNumber ?? 0) + 1}";

    private static string FirstSentence(JsonException e)
    {
        int end = e.Message.IndexOf(" Path:", StringComparison.Ordinal);
        return (end > 0 ? e.Message[..end] : e.Message).TrimEnd('.');
    }
}
