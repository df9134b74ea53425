using System.Text.Json.Nodes;
using BcnnSim.Networks;

namespace BcnnSim.Design;

/// <summary>Parameters given beside a design file as "path=value", for example "peArray.outputLanes=32".</summary>
internal sealed class DesignOverrides
{
    private readonly Dictionary<string, string> flags = new(StringComparer.Ordinal);

    private DesignOverrides()
    {
    }

    /// <summary>Puts every override into the design; those that cannot be placed are added to <paramref name="found"/>.</summary>
    public static DesignOverrides Apply(JsonObject root, IEnumerable<string> items, List<Violation> found)
    {
        DesignOverrides overrides = new();
        foreach (string item in items)
        {
            overrides.Apply(root, item, found);
        }

        return overrides;
    }

    /// <summary>Flag that set a parameter, or the file it stands in.</summary>
    public string SourceOf(string path, string file) => flags.GetValueOrDefault(path, file);

    private void Apply(JsonObject root, string item, List<Violation> found)
    {
        string flag = "--set " + ViolationList.Printable(item);
        int equals = item.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            found.Add(new Violation(flag, "argument", ViolationList.Printable(item), "an override is path=value", "For example peArray.outputLanes=32"));
            return;
        }

        string path = item[..equals];
        string text = item[(equals + 1)..];
        string value = ViolationList.Printable(text);
        if (DesignShape.Find(path) is not DesignParameter parameter)
        {
            found.Add(new Violation(flag, ViolationList.Printable(path), value, "no such design parameter", $"Known here: {DesignShape.Known(path)}"));
        }
        else if (!flags.TryAdd(path, flag))
        {
            found.Add(new Violation(flag, path, value, "the parameter is set twice", "Keep one of the two"));
        }
        else if (parameter.Convert(text) is not JsonNode node)
        {
            found.Add(new Violation(flag, path, value, $"{parameter.Meaning}: of another type", $"Choose {parameter.Allowed}"));
        }
        else if (Group(root, path) is JsonObject group)
        {
            group[path[(path.LastIndexOf('.') + 1)..]] = node;
        }
    }

    /// <summary>Object that holds the parameter; null when the file lacks it, which the shape check reports.</summary>
    private static JsonObject? Group(JsonObject root, string path)
    {
        JsonNode? group = root;
        foreach (string key in path.Split('.')[..^1])
        {
            group = (group as JsonObject)?[key];
        }

        return group as JsonObject;
    }
}
