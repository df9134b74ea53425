using System.Globalization;
using System.Text.Json;
using BcnnSim.Networks;

namespace BcnnSim.Design;

/// <summary>
/// Reader of a timing set (JSON, schema "bcnnsim.timing/1"): name, dramKilohertz and rows, each with clocks and source. Strict: every row
/// of <see cref="HbmTiming"/> once and no other, every broken rule at once.
/// </summary>
public static class HbmTimingFile
{
    private const string Schema = "bcnnsim.timing/1";
    private const string Prefix = "hbm.timing.";
    private static readonly string[] Keys = ["schema", "name", "dramKilohertz", "rows"];

    /// <exception cref="InputException">Every broken rule: file, place, value, rule, remedy.</exception>
    public static HbmTimingSet Read(string file)
    {
        ViolationList violations = new(file);
        byte[]? bytes = InputFile.ReadAll(file, DesignFile.MaxBytes, violations);
        ViolationList.ThrowIfAny(violations);
        return Parse(bytes!, file);
    }

    public static HbmTimingSet Parse(ReadOnlyMemory<byte> utf8, string source)
    {
        ViolationList violations = new(source);
        using JsonDocument? document = StrictJson.Parse(utf8, "root", violations);
        HbmTimingSet? set = document is null ? null : Build(document.RootElement, violations);
        ViolationList.ThrowIfAny(violations);
        return set!;
    }

    private static HbmTimingSet Build(JsonElement root, ViolationList violations)
    {
        foreach (IGrouping<string, JsonProperty> key in root.EnumerateObject().GroupBy(p => p.Name, StringComparer.Ordinal))
        {
            Require(violations, Keys.Contains(key.Key, StringComparer.Ordinal), key.Key, "-", "unknown key", $"Known here: {string.Join(", ", Keys)}");
            Require(violations, key.Count() == 1, key.Key, "-", "every key occurs once", "Keep one of the two");
        }

        string schema = Text(root, "schema", violations);
        Require(violations, schema.Length == 0 || schema == Schema, "schema", schema, $"must be \"{Schema}\"", "Use a timing file of this version");
        string name = Text(root, "name", violations);
        long kilohertz = Number(root, "dramKilohertz", 1_000, 10_000_000, violations);
        return new HbmTimingSet(name, kilohertz, Rows(root, violations));
    }

    private static List<HbmTimingRow> Rows(JsonElement root, ViolationList violations)
    {
        List<HbmTimingRow> found = [];
        if (!root.TryGetProperty("rows", out JsonElement rows) || rows.ValueKind != JsonValueKind.Object)
        {
            violations.Add("rows", "-", "must be an object with a row per parameter", "Write \"rows\": { \"tRc\": { \"clocks\": ..., \"source\": ... }, ... }");
            return found;
        }

        DesignParameter[] parameters = [.. DesignParameter.All.Where(p => p.Path.StartsWith(Prefix, StringComparison.Ordinal))];
        foreach (JsonProperty row in rows.EnumerateObject())
        {
            bool known = parameters.Any(p => p.Path == Prefix + row.Name);
            Require(violations, known, $"rows.{row.Name}", "-", "unknown row", $"Known: {string.Join(", ", parameters.Select(p => p.Path[Prefix.Length..]))}");
        }

        foreach (DesignParameter parameter in parameters)
        {
            found.AddRange(Row(rows, parameter, violations));
        }

        return found;
    }

    private static IEnumerable<HbmTimingRow> Row(JsonElement rows, DesignParameter parameter, ViolationList violations)
    {
        string key = parameter.Path[Prefix.Length..];
        JsonProperty[] rowsOfKey = [.. rows.EnumerateObject().Where(r => r.NameEquals(key))];
        if (rowsOfKey.Length != 1 || rowsOfKey[0].Value.ValueKind != JsonValueKind.Object)
        {
            violations.Add($"rows.{key}", $"{rowsOfKey.Length} times", $"{parameter.Meaning}: one object with clocks and source", "Every row occurs once, nothing is defaulted");
            yield break;
        }

        JsonElement row = rowsOfKey[0].Value;
        foreach (JsonProperty member in row.EnumerateObject())
        {
            Require(violations, member.Name is "clocks" or "source", $"rows.{key}.{member.Name}", "-", "unknown key", "Known here: clocks, source");
        }

        JsonElement clocks = row.TryGetProperty("clocks", out JsonElement value) ? value : default;
        bool number = clocks.ValueKind == JsonValueKind.Number && clocks.TryGetInt32(out _) && parameter.Refuse(System.Text.Json.Nodes.JsonValue.Create((long)clocks.GetInt32())) is null;
        Require(violations, number, $"rows.{key}.clocks", clocks.ValueKind == JsonValueKind.Undefined ? "absent" : clocks.GetRawText(), $"{parameter.Meaning}: a whole number in {parameter.Allowed} clocks", "Correct the timing set");
        string source = Text(row, "source", violations, $"rows.{key}.");
        if (number)
        {
            yield return new HbmTimingRow(key, clocks.GetInt32(), source);
        }
    }

    private static string Text(JsonElement element, string key, ViolationList violations, string prefix = "")
    {
        string text = element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        Require(violations, text.Trim().Length > 0, prefix + key, "absent or no text", "must be a text", "Say what it is; a number without a source is not accepted");
        return text;
    }

    private static long Number(JsonElement element, string key, long least, long most, ViolationList violations)
    {
        long number = element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long read) ? read : -1;
        Require(violations, number >= least && number <= most, key, number.ToString(CultureInfo.InvariantCulture), $"a whole number in {least}..{most} kHz", "Give the clock the rows count");
        return number;
    }

    private static void Require(ViolationList violations, bool holds, string place, string value, string rule, string remedy)
    {
        if (!holds)
        {
            violations.Add(place, value, rule, remedy);
        }
    }
}
