using System.CommandLine;
using BcnnSim.Design;

namespace BcnnSim.Cli;

/// <summary>Options of `sweep`, and their checked reading.</summary>
internal sealed class SweepOptionSet
{
    private readonly Option<string?> design = CommonOptions.Design();
    private readonly Option<string[]> set = CommonOptions.Set();
    private readonly Option<string> rate = Number("--rate", "N", "20", "Filter-pruning rate of the reference networks; default 20");
    private readonly Option<string> minLanes = Number("--min-lanes", "N", "256", "Fewest lanes; default 256");
    private readonly Option<string> maxLanes = Number("--max-lanes", "N", "512", "Most lanes; default 512");
    private readonly Option<string> top = Number("--top", "N", "15", "Geometries to print; default 15, the CSV holds all");
    private readonly Option<string?> json = CommonOptions.Json();
    private readonly Option<string?> csv = new("--csv")
    {
        HelpName = "FILE",
        Description = "Write every geometry and network as CSV to FILE; - for standard output (the table then goes to standard error)",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { design, set, rate, minLanes, maxLanes, top, csv, json })
        {
            command.Options.Add(option);
        }
    }

    public SweepRequest Read(ParseResult parsed, Session session)
    {
        Refusals refusals = new();
        InputPlaces places = new(session);
        string designFile = places.DesignFile(parsed.GetValue(design), refusals);
        AcceleratorDesign? resolved = refusals.Try(() => DesignFile.Read(designFile, parsed.GetValue(set)));
        int? wantedRate = refusals.Integer("--rate", parsed.GetValue(rate)!, 1, 1000);
        int? fewest = refusals.Integer("--min-lanes", parsed.GetValue(minLanes)!, 1, 65_536);
        int? most = refusals.Integer("--max-lanes", parsed.GetValue(maxLanes)!, fewest ?? 1, 65_536);
        int? rows = refusals.Integer("--top", parsed.GetValue(top)!, 1, 100_000);
        JsonDestination? destination = JsonDestination.Open(parsed.GetValue(csv), places.Opened, session, refusals, "--csv");
        JsonDestination? document = JsonDestination.Open(parsed.GetValue(json), places.Opened, session, refusals);
        if (destination?.TakesOutput == true && document?.TakesOutput == true)
        {
            refusals.Add("--csv", "value", "-", "standard output takes one result, and --json has it", "Give one of them a file");
        }

        if (refusals.Count > 0)
        {
            destination?.Dispose();
            document?.Dispose();
            refusals.ThrowIfAny();
        }

        return new SweepRequest(resolved!, wantedRate!.Value, fewest!.Value, most!.Value, rows!.Value, destination, document);
    }

    private static Option<string> Number(string name, string helpName, string value, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        DefaultValueFactory = _ => value,
    };
}
