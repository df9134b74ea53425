using System.Reflection;
using System.Text.Json.Nodes;

namespace BcnnSim.Design;

/// <summary>
/// Holds the JSON of a design against the design records before anything is built: unknown and missing keys, wrong types,
/// values out of range, all of them at once.
/// </summary>
internal static class DesignShape
{
    private static readonly Dictionary<string, DesignParameter> Parameters = DesignParameter.All.ToDictionary(p => p.Path, StringComparer.Ordinal);

    /// <param name="root">Design without its schema key.</param>
    /// <param name="sourceOf">File or flag a parameter was given by.</param>
    /// <param name="found">Receives every violation.</param>
    public static void Check(JsonObject root, Func<string, string> sourceOf, List<Violation> found) =>
        CheckGroup(root, typeof(AcceleratorDesign), "", sourceOf, found);

    public static DesignParameter? Find(string path) => Parameters.GetValueOrDefault(path);

    /// <summary>Paths under the longest known group of <paramref name="path"/>: what the user may have meant.</summary>
    public static string Known(string path)
    {
        string group = path;
        while (group.Length > 0 && !Parameters.Keys.Any(p => p.StartsWith(group + ".", StringComparison.Ordinal)))
        {
            group = group[..Math.Max(0, group.LastIndexOf('.'))];
        }

        return group.Length == 0
            ? string.Join(", ", Parameters.Keys.Select(p => p.Split('.')[0]).Distinct(StringComparer.Ordinal).Select(g => Parameters.ContainsKey(g) ? g : g + ".*"))
            : string.Join(", ", Parameters.Keys.Where(p => p.StartsWith(group + ".", StringComparison.Ordinal)));
    }

    private static void CheckGroup(JsonObject group, Type record, string prefix, Func<string, string> sourceOf, List<Violation> found)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (PropertyInfo property in DesignParameter.Properties(record))
        {
            string key = DesignParameter.Key(property);
            string path = prefix + key;
            known.Add(key);
            if (!group.TryGetPropertyValue(key, out JsonNode? value))
            {
                found.Add(new Violation(sourceOf(path), path, "absent", "every parameter must be present, nothing is defaulted", $"Add it: {Expected(property.PropertyType, path)}"));
            }
            else if (!DesignParameter.IsGroup(property.PropertyType))
            {
                CheckParameter(path, value, sourceOf, found);
            }
            else if (value is JsonObject inner)
            {
                CheckGroup(inner, property.PropertyType, path + ".", sourceOf, found);
            }
            else
            {
                found.Add(new Violation(sourceOf(path), path, Text(value), "must be an object", "Write its parameters in braces"));
            }
        }

        foreach (KeyValuePair<string, JsonNode?> member in group.Where(m => !known.Contains(m.Key)))
        {
            found.Add(new Violation(sourceOf(prefix + member.Key), prefix + member.Key, Text(member.Value), "unknown key", $"Known here: {string.Join(", ", known)}"));
        }
    }

    private static void CheckParameter(string path, JsonNode? value, Func<string, string> sourceOf, List<Violation> found)
    {
        DesignParameter parameter = Parameters[path];
        if (parameter.Refuse(value) is string rule)
        {
            found.Add(new Violation(sourceOf(path), path, Text(value), rule, $"Choose {parameter.Allowed}"));
        }
    }

    private static string Expected(Type type, string path) => DesignParameter.IsGroup(type) ? "an object of parameters" : Parameters[path].Allowed;

    private static string Text(JsonNode? value)
    {
        string text = value?.ToJsonString() ?? "null";
        return Networks.ViolationList.Printable(text);
    }
}
