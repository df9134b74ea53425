using System.Globalization;
using System.Text.Json;

namespace BcnnSim.Networks;

/// <summary>
/// One JSON object read strictly: every member is taken once by name with its type and range; duplicate, missing and
/// unknown members become violations. A refused member returns a harmless value so that reading goes on.
/// </summary>
internal sealed class StrictObject
{
    private static readonly JsonElement Empty = JsonSerializer.SerializeToElement(new Dictionary<string, int>());
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly List<string> order = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly ViolationList violations;

    public StrictObject(JsonElement element, string place, ViolationList violations)
    {
        this.violations = violations;
        Place = place;
        if (element.ValueKind != JsonValueKind.Object)
        {
            violations.Add(place, element.ValueKind.ToString(), "must be an object", "Write an object in braces");
            return;
        }

        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, member.Value))
            {
                violations.Add($"{place}.{member.Name}", member.Value.GetRawText(), "duplicate key", "Keep one of the two");
                continue;
            }

            order.Add(member.Name);
        }
    }

    public string Place { get; }

    public ViolationList Violations => violations;

    /// <summary>Members in file order, for free-form maps; marks them all as taken.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> TakeAll()
    {
        foreach (string name in order)
        {
            taken.Add(name);
            yield return new(name, members[name]);
        }
    }

    /// <summary>Whether an optional member is there.</summary>
    public bool Has(string key) => members.ContainsKey(key);

    /// <summary>Member of the given kind; false when it is missing or of another kind (already reported).</summary>
    public bool TryTake(string key, JsonValueKind kind, out JsonElement value)
    {
        taken.Add(key);
        if (!members.TryGetValue(key, out value))
        {
            violations.Add($"{Place}.{key}", "absent", "missing key", "Add it: nothing has a silent default");
            return false;
        }

        if (value.ValueKind == kind)
        {
            return true;
        }

        string name = kind == JsonValueKind.False ? "boolean" : kind.ToString().ToLowerInvariant();
        Refuse(key, value.GetRawText(), $"must be a JSON {name}", "Write a value of this type");
        return false;
    }

    public void Refuse(string key, string value, string rule, string remedy) => violations.Add($"{Place}.{key}", value, rule, remedy);

    public string Text(string key)
    {
        if (!TryTake(key, JsonValueKind.String, out JsonElement value))
        {
            return "";
        }

        string text = value.GetString() ?? "";
        if (text.Length > NetworkLimits.TextLength)
        {
            Refuse(key, text, $"must not be longer than {NetworkLimits.TextLength} characters", "Shorten it");
        }

        return text;
    }

    /// <summary>A name of the charset [a-z0-9_.-].</summary>
    public string Name(string key)
    {
        int before = violations.Count;
        string text = Text(key);
        if (violations.Count == before && !NetworkLimits.IsName(text))
        {
            Refuse(key, text, $"must be 1..{NetworkLimits.NameLength} characters of a-z 0-9 _ . - and begin with a letter or digit", "Rename it");
        }

        return text;
    }

    /// <summary>Whether the member is there and null; it then counts as taken.</summary>
    public bool IsNull(string key)
    {
        bool none = members.TryGetValue(key, out JsonElement value) && value.ValueKind == JsonValueKind.Null;
        if (none)
        {
            taken.Add(key);
        }

        return none;
    }

    /// <summary>A name, or null where the file says null.</summary>
    public string? OptionalName(string key)
    {
        if (members.TryGetValue(key, out JsonElement value) && value.ValueKind == JsonValueKind.Null)
        {
            taken.Add(key);
            return null;
        }

        return Name(key);
    }

    /// <summary>Index of the text among <paramref name="choices"/>; 0 when refused.</summary>
    public int Choice(string key, string[] choices)
    {
        int before = violations.Count;
        string text = Text(key);
        int index = Array.IndexOf(choices, text);
        if (index < 0 && violations.Count == before)
        {
            string rule = choices.Length == 2 ? $"must be {choices[0]} or {choices[1]}" : $"must be {string.Join(", ", choices[..^1])} or {choices[^1]}";
            Refuse(key, text, rule, "Choose one of them");
        }

        return Math.Max(index, 0);
    }

    /// <summary>true or false; false when refused.</summary>
    public bool Flag(string key)
    {
        if (members.TryGetValue(key, out JsonElement value) && value.ValueKind == JsonValueKind.True)
        {
            taken.Add(key);
            return true;
        }

        TryTake(key, JsonValueKind.False, out _);
        return false;
    }

    public int Integer(string key, int minimum, int maximum) => (int)Long(key, minimum, maximum);

    public long Long(string key, long minimum, long maximum)
        => TryTake(key, JsonValueKind.Number, out JsonElement value) ? Whole(value, key, minimum, maximum) : minimum;

    /// <summary>A pair of integers [y, x].</summary>
    public (int Y, int X) Pair(string key, int minimum, int maximum)
    {
        if (!TryTake(key, JsonValueKind.Array, out JsonElement value))
        {
            return (minimum, minimum);
        }

        if (value.GetArrayLength() != 2)
        {
            Refuse(key, value.GetRawText(), "must be two numbers [y, x]", "Give both axes");
            return (minimum, minimum);
        }

        return ((int)Whole(value[0], key + "[0]", minimum, maximum), (int)Whole(value[1], key + "[1]", minimum, maximum));
    }

    public StrictObject Object(string key)
    {
        TryTake(key, JsonValueKind.Object, out JsonElement value);
        return value.ValueKind == JsonValueKind.Object
            ? new StrictObject(value, $"{Place}.{key}", violations)
            : new StrictObject(Empty, $"{Place}.{key}", new ViolationList(violations.Source));
    }

    /// <summary>Every member must have been taken.</summary>
    public void Close()
    {
        foreach (string name in order)
        {
            if (!taken.Contains(name))
            {
                Refuse(name, members[name].GetRawText(), "unknown key", "Remove it or correct its spelling");
            }
        }
    }

    private long Whole(JsonElement value, string key, long minimum, long maximum)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        string range = string.Create(CultureInfo.InvariantCulture, $"must be a whole number in {minimum}..{maximum}");
        Refuse(key, value.GetRawText(), range, "Write a number in this range");
        return minimum;
    }
}
