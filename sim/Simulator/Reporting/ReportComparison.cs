using System.Text.Json;
using System.Text.Json.Nodes;

namespace BcnnSim.Reporting;

/// <summary>
/// Two reports, value by value. Numbers may differ by the relative tolerance, everything else must be equal. What made the
/// reports (command line, version) is not compared; the design is. Runs, layers and named items meet by name, not by position.
/// </summary>
public static class ReportComparison
{
    private const string Absent = "absent";
    private static readonly string[] Names = ["network", "name"];

    /// <param name="a">First report.</param>
    /// <param name="b">Second report.</param>
    /// <param name="tolerance">Largest relative difference |a - b| / max(|a|, |b|) that counts as equal; 0 = exact.</param>
    public static IReadOnlyList<ReportDifference> Compare(RunDocument a, RunDocument b, double tolerance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        List<ReportDifference> found = [];
        Compare("", Comparable(a), Comparable(b), tolerance, found);
        return found;
    }

    private static JsonNode Comparable(RunDocument document)
    {
        JsonObject root = JsonNode.Parse(ReportFile.ToJson(document))!.AsObject();
        root.Remove("command");
        root.Remove("version");
        return root;
    }

    private static void Compare(string path, JsonNode? a, JsonNode? b, double tolerance, List<ReportDifference> found)
    {
        if (a is JsonObject left && b is JsonObject right)
        {
            CompareMembers(path, Members(left), Members(right), tolerance, found);
        }
        else if (a is JsonArray first && b is JsonArray second)
        {
            CompareMembers(path, Members(first), Members(second), tolerance, found);
        }
        else if (Number(a) is double x && Number(b) is double y)
        {
            double relative = x == y ? 0 : Math.Abs(x - y) / Math.Max(Math.Abs(x), Math.Abs(y));
            if (relative > tolerance)
            {
                found.Add(new ReportDifference(path, Text(a), Text(b), relative));
            }
        }
        else if (!JsonNode.DeepEquals(a, b))
        {
            found.Add(new ReportDifference(path, Text(a), Text(b), null));
        }
    }

    private static void CompareMembers(
        string path, List<KeyValuePair<string, JsonNode?>> a, List<KeyValuePair<string, JsonNode?>> b, double tolerance, List<ReportDifference> found)
    {
        Dictionary<string, JsonNode?> others = new(b, StringComparer.Ordinal);
        foreach ((string key, JsonNode? value) in a)
        {
            string place = Join(path, key);
            if (others.Remove(key, out JsonNode? other))
            {
                Compare(place, value, other, tolerance, found);
            }
            else
            {
                found.Add(new ReportDifference(place, Text(value), Absent, null));
            }
        }

        foreach ((string key, JsonNode? value) in b.Where(p => others.ContainsKey(p.Key)))
        {
            found.Add(new ReportDifference(Join(path, key), Absent, Text(value), null));
        }
    }

    private static List<KeyValuePair<string, JsonNode?>> Members(JsonObject value) => [.. value];

    /// <summary>Items keyed "[name]" where every item has a name of its own, else "[position]".</summary>
    private static List<KeyValuePair<string, JsonNode?>> Members(JsonArray value)
    {
        string[] keys = [.. value.Select((item, at) => $"[{Name(item) ?? at.ToString(System.Globalization.CultureInfo.InvariantCulture)}]")];
        bool unique = keys.Distinct(StringComparer.Ordinal).Count() == keys.Length;
        return [.. value.Select((item, at) => new KeyValuePair<string, JsonNode?>(unique ? keys[at] : $"[{at}]", item))];
    }

    private static string? Name(JsonNode? item) =>
        item is JsonObject members ? Array.ConvertAll(Names, n => members[n]).FirstOrDefault(n => n is JsonValue)?.ToString() : null;

    private static string Join(string path, string key) => path.Length == 0 || key[0] == '[' ? path + key : $"{path}.{key}";

    private static double? Number(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? node.GetValue<double>() : null;

    private static string Text(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray items => $"list of {items.Count}",
        _ => node.ToString(),
    };
}
