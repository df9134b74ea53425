using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BcnnSim.Networks;

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

    /// <summary>Reads a file, applies "path=value" overrides, checks shape, ranges and rules; every violation at once.</summary>
    public static AcceleratorDesign Read(string file, IEnumerable<string>? overrides = null)
    {
        ViolationList violations = new(file);
        byte[]? bytes = InputFile.ReadAll(file, MaxBytes, violations);
        ViolationList.ThrowIfAny(violations);
        return Parse(Encoding.UTF8.GetString(bytes!), file, overrides);
    }

    public static AcceleratorDesign Parse(string text, string source, IEnumerable<string>? overrides = null)
    {
        JsonObject root = ParseObject(text, source);
        string? schema = root["schema"]?.GetValueKind() == JsonValueKind.String ? root["schema"]!.GetValue<string>() : null;
        if (schema != Schema)
        {
            throw new InputException(source, "schema", ViolationList.Printable(schema ?? "missing"), $"must be \"{Schema}\"", "Use a design file of this version");
        }

        root.Remove("schema");
        List<Violation> found = [];
        DesignOverrides changes = DesignOverrides.Apply(root, overrides ?? [], found);
        DesignShape.Check(root, path => changes.SourceOf(path, source), found);
        if (found.Count > 0)
        {
            throw new InputException(found);
        }

        AcceleratorDesign design = root.Deserialize<AcceleratorDesign>(Options)!;
        IReadOnlyList<Violation> violations = DesignRules.Check(design, source);
        return violations.Count == 0
            ? design
            : throw new InputException([.. violations.Select(v => v with { Source = changes.SourceOf(v.Place, v.Source) })]);
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
        ViolationList violations = new(source);
        using (StrictJson.Parse(Encoding.UTF8.GetBytes(text), "root", violations))
        {
            ViolationList.ThrowIfAny(violations);
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!.AsObject();
        }
        catch (JsonException e)
        {
            throw new InputException(source, "root", "-", $"every key occurs once ({ViolationList.Printable(e.Message)})", "Keep one of the two");
        }
    }
}
