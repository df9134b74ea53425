using BcnnSim.Networks;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Rules of a file that names training configurations; places already refused are not judged again.</summary>
internal sealed class RuleList(ViolationList violations, IReadOnlySet<string> refused)
{
    private const int MostEntries = 1000;

    /// <summary>A <see cref="RuleCheck"/>.</summary>
    public void Check(bool good, string place, object? value, string rule, string remedy, params string[] uses)
    {
        if (!good && !IsRefused(place) && !uses.Any(IsRefused))
        {
            violations.Add(place, SettingText.Of(value), rule, remedy);
        }
    }

    /// <summary>A list that names something, and nothing twice.</summary>
    public void Entries<T>(IEnumerable<T> list, string place)
    {
        T[] items = [.. list];
        Check(items.Length is >= 1 and <= MostEntries, place, $"{items.Length} entries", $"must have 1..{MostEntries} entries", "Name some");
        Check(items.Distinct().Count() == items.Length, place, string.Join(", ", items.Select(item => SettingText.Of(item))), "must not name anything twice", "Remove the repeated entry");
    }

    /// <summary>What names a folder.</summary>
    public void FolderName(string place, string name) => Check(
        name.Length > 0 && name.All(x => char.IsAsciiLetterOrDigit(x) || x is '-' or '_' or '.') && name[0] != '.', place, name, "must be a plain folder name", "Use letters, digits and -");

    private bool IsRefused(string place) => refused.Any(part => part.Length == 0 || place.StartsWith(part, StringComparison.Ordinal));
}
