using System.Globalization;

namespace BcnnSim.Cli;

/// <summary>Collects the broken rules of all flags and files, so that the user sees them together and before any work.</summary>
internal sealed class Refusals
{
    private readonly List<Violation> violations = [];

    public int Count => violations.Count;

    public void Add(string source, string place, string value, string rule, string remedy) =>
        violations.Add(new Violation(source, place, Printable(value), rule, remedy));

    public void Add(Violation violation) => violations.Add(violation);

    public void AddRange(IEnumerable<Violation> found) => violations.AddRange(found);

    /// <summary>A whole number in a range, or null with the refusal collected.</summary>
    public int? Integer(string option, string text, int minimum, int maximum) => (int?)Whole(option, text, minimum, maximum);

    /// <summary>The same beyond 32 bits.</summary>
    public long? Whole(string option, string text, long minimum, long maximum)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        string range = string.Create(CultureInfo.InvariantCulture, $"{minimum}..{maximum}");
        Add(option, "value", text, $"must be a whole number in {range}", $"Give a number in {range}");
        return null;
    }

    /// <summary>Result of a reader, or null with its violations collected.</summary>
    public T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InputException refused)
        {
            violations.AddRange(refused.Violations);
            return null;
        }
    }

    public void ThrowIfAny()
    {
        if (violations.Count > 0)
        {
            throw new InputException(violations);
        }
    }

    private static string Printable(string value) => new([.. value.Select(c => char.IsControl(c) ? '?' : c)]);
}
