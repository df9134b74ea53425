using System.CommandLine;
using System.Globalization;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>`compare`: two reports side by side; exit code 1 if they differ by more than the tolerance.</summary>
internal static class CompareCommand
{
    public static void Fill(Command command, Session session)
    {
        Argument<string> first = new("A") { Description = "Report written by run --json" };
        Argument<string> second = new("B") { Description = "Report to hold against it" };
        Option<string?> tolerance = new("--tolerance") { HelpName = "X", Description = "Largest relative difference of two numbers that counts as equal; default 0, exact" };
        Option<string?> json = CommonOptions.Json();
        command.Arguments.Add(first);
        command.Arguments.Add(second);
        command.Options.Add(tolerance);
        command.Options.Add(json);
        command.SetAction(parsed => Compare(parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), parsed.GetValue(tolerance), parsed.GetValue(json), session));
    }

    private static int Compare(string first, string second, string? toleranceText, string? jsonFile, Session session)
    {
        Refusals refusals = new();
        InputPlaces places = new(session);
        RunDocument? a = refusals.Try(() => ReportFile.Read(places.Open(first)));
        RunDocument? b = refusals.Try(() => ReportFile.Read(places.Open(second)));
        double tolerance = Tolerance(toleranceText, refusals);
        using JsonDestination? json = JsonDestination.Open(jsonFile, places.Opened, session, refusals);
        refusals.ThrowIfAny();
        IReadOnlyList<ReportDifference> differences = ReportComparison.Compare(a!, b!, tolerance);
        CompareDocument document = new(CompareDocument.SchemaName, Path.GetFileName(first), Path.GetFileName(second), tolerance, differences.Count == 0, differences);
        new CompareTables(a!, b!, document, json?.TakesOutput == true ? session.Error : session.Output).Write();
        json?.Write(ReportFile.ToJson(document));
        return document.Equal ? ExitCode.Ok : ExitCode.Different;
    }

    private static double Tolerance(string? text, Refusals refusals)
    {
        if (text is null)
        {
            return 0;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= 1)
        {
            return value;
        }

        refusals.Add("--tolerance", "value", text, "must be a number in 0..1", "Give a relative difference, for example 0.01 for one per cent");
        return 0;
    }
}
