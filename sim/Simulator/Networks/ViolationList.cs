namespace BcnnSim.Networks;

/// <summary>
/// Collects the broken rules of one file, so that a reader reports all of them at once.
/// Keeps the first <see cref="Limit"/>: a hostile file must not make the report itself large.
/// </summary>
internal sealed class ViolationList(string source)
{
    public const int Limit = 200;
    private const int LongestValue = 80;
    private readonly List<Violation> items = [];

    public string Source { get; } = source;

    /// <summary>Broken rules seen, also those beyond the limit.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<Violation> Items => items;

    public void Add(string place, string value, string rule, string remedy)
    {
        Count++;
        if (items.Count < Limit)
        {
            items.Add(new Violation(Source, Printable(place), Printable(value), rule, remedy));
        }
    }

    /// <summary>Throws one exception with everything collected in <paramref name="lists"/>, or returns when nothing was.</summary>
    public static void ThrowIfAny(params ReadOnlySpan<ViolationList> lists)
    {
        List<Violation> all = [];
        foreach (ViolationList list in lists)
        {
            all.AddRange(list.items);
        }

        if (all.Count > 0)
        {
            throw new InputException(all);
        }
    }

    /// <summary>One short line without control characters, whatever the file holds; an object written over several lines reads as on one.</summary>
    public static string Printable(string value)
    {
        string line = value.AsSpan().ContainsAny('\n', '\r') ? string.Join(' ', value.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) : value;
        string cut = line.Length <= LongestValue ? line : string.Concat(line.AsSpan(0, LongestValue), "...");
        return string.Create(cut.Length, cut, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? '?' : text[i];
            }
        });
    }
}
