using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>--budget of a command: the time its work has to fit in.</summary>
internal sealed partial class Budget
{
    private readonly Option<string?> option = new("--budget") { Description = "Refuse what is not expected to fit, for example 45m or 1h30m." };

    public void AddTo(Command command) => command.Add(option);

    /// <summary>Null where none was given, or one that is refused.</summary>
    public TimeSpan? Read(ParseResult parsed, Refusals refusals) => parsed.GetValue(option) is { } text ? refusals.Try(() => Duration(text)) : null;

    /// <exception cref="InputException">The work is expected to take longer.</exception>
    public static void Hold(TimeSpan? limit, TimeSpan expected)
    {
        if (limit is not null && limit < expected)
        {
            throw new InputException("command line", "--budget", DurationText.Of(limit.Value), $"must hold the work, expected to take {DurationText.Of(expected)}", "Ask for fewer epochs or rows, or for a smaller network");
        }
    }

    /// <summary>45m, 90s, 2h, 1h30m.</summary>
    internal static TimeSpan Duration(string text)
    {
        Match match = Pattern().Match(text);
        if (!match.Success || text.Length == 0)
        {
            throw new InputException("command line", "--budget", text, "must be a time such as 45m, 90s or 1h30m", "Give hours, minutes or seconds");
        }

        double Part(int group) => match.Groups[group].Success ? double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return TimeSpan.FromSeconds((Part(1) * 3600) + (Part(2) * 60) + Part(3));
    }

    [GeneratedRegex(@"^(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?$")]
    private static partial Regex Pattern();
}
