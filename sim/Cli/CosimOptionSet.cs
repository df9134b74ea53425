using System.CommandLine;
using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Blocks;

namespace BcnnSim.Cli;

/// <summary>Options of `cosim`, and their checked reading.</summary>
internal sealed class CosimOptionSet
{
    private readonly Option<string> block = Text("--block", "NAME", CosimulationOptions.AllBlocks, $"Block to compare: {string.Join(", ", CosimulationBlock.All.Select(b => b.Name))} or {CosimulationOptions.AllBlocks}; default {CosimulationOptions.AllBlocks}");
    private readonly Option<string> seed = Text("--seed", "N", "1", "Seed of the random designs and their stimulus; default 1");
    private readonly Option<string> designs = Text("--designs", "N", "20", "Random designs per block, the PE array each in its three kinds; default 20");
    private readonly Option<string?> cycles = new("--cycles")
    {
        HelpName = "N",
        Description = $"Cycles per design; default {string.Join(", ", CosimulationBlock.All.Select(b => $"{b.DefaultCycles} for {b.Name}"))}",
    };

    private readonly Option<string> waves = Text("--waves", "FOLDER", ".", "Where RTL and model waveforms (VCD) of a design that differs are written; default the current folder");
    private readonly Option<string?> json = CommonOptions.Json();

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { block, seed, designs, cycles, waves, json })
        {
            command.Options.Add(option);
        }
    }

    public CosimRequest Read(ParseResult parsed, Session session)
    {
        Refusals refusals = new();
        CosimulationOptions options = new()
        {
            Block = parsed.GetValue(block)!,
            Seed = refusals.Integer("--seed", parsed.GetValue(seed)!, 0, int.MaxValue) ?? 0,
            Designs = refusals.Integer("--designs", parsed.GetValue(designs)!, 1, CosimulationOptions.MaximumDesigns) ?? 1,
            Cycles = parsed.GetValue(cycles) is string text ? refusals.Integer("--cycles", text, 1, (int)CosimulationOptions.MaximumCycles) ?? 1 : null,
            WaveFolder = Folder(parsed.GetValue(waves)!, session, refusals),
        };
        refusals.Try(options.Check);
        JsonDestination? destination = JsonDestination.Open(parsed.GetValue(json), [], session, refusals);
        if (refusals.Count > 0)
        {
            destination?.Dispose();
            refusals.ThrowIfAny();
        }

        return new CosimRequest(options, destination);
    }

    private static string Folder(string given, Session session, Refusals refusals)
    {
        string path = given.Length == 0 ? "" : session.FullPath(given);
        if (!Directory.Exists(path))
        {
            refusals.Add("--waves", "value", given, "it is not a folder that exists", "Name an existing folder");
        }

        return path;
    }

    private static Option<string> Text(string name, string helpName, string value, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        DefaultValueFactory = _ => value,
    };
}
