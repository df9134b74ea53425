using System.CommandLine;
using System.Globalization;
using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Blocks;
using BcnnSim.Cosimulation.Rtl;

namespace BcnnSim.Cli;

/// <summary><c>bcnnsim cosim</c>: RTL blocks stepped beside the simulator's, every channel, every cycle.</summary>
public sealed class CosimCommand
{
    private readonly Option<string> block = new("--block")
    {
        Description = $"Block to compare: {string.Join(", ", CosimulationBlock.All.Select(b => b.Name))} or {CosimulationOptions.AllBlocks}.",
        DefaultValueFactory = _ => CosimulationOptions.AllBlocks,
    };

    private readonly Option<long> seed = new("--seed")
    {
        Description = "Seed of the random designs and of their stimulus.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> designs = new("--designs")
    {
        Description = "Random designs per block; the PE array runs each in all three kinds.",
        DefaultValueFactory = _ => 20,
    };

    private readonly Option<long?> cycles = new("--cycles") { Description = "Cycles compared per design (default: the block's own)." };

    private readonly Option<string?> json = new("--json") { Description = "Write the report to this file, - for standard output." };

    private readonly Option<string> waves = new("--waves")
    {
        Description = "Folder for both waveforms (VCD) of a design that differs.",
        DefaultValueFactory = _ => ".",
    };

    private CosimCommand()
    {
    }

    public static Command Create()
    {
        CosimCommand self = new();
        Command command = new("cosim", "Steps Verilated RTL beside the simulator until the first difference. Example: bcnnsim cosim --block pe-array --seed 7 --designs 20")
        {
            self.block, self.seed, self.designs, self.cycles, self.json, self.waves,
        };
        command.SetAction((arguments, cancellation) => Task.Run(() => self.Run(arguments, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        CosimulationOptions options = new()
        {
            Block = arguments.GetRequiredValue(block),
            Seed = arguments.GetRequiredValue(seed),
            Designs = arguments.GetRequiredValue(designs),
            Cycles = arguments.GetValue(cycles),
            WaveFolder = arguments.GetRequiredValue(waves),
        };
        try
        {
            CosimulationRun run = new(options) { Progress = Console.Error.WriteLine };
            return Show(run.Execute(cancellation), arguments.GetValue(json));
        }
        catch (InputException refused)
        {
            Console.Error.WriteLine(refused.Message);
            return 2;
        }
        catch (ToolFailureException failed)
        {
            Console.Error.WriteLine(failed.Message);
            return 3;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    private static int Show(CosimulationReport report, string? jsonFile)
    {
        if (jsonFile == "-")
        {
            Console.Out.Write(report.ToJson());
        }
        else
        {
            Print(report);
            if (jsonFile is not null)
            {
                File.WriteAllText(jsonFile + ".tmp", report.ToJson());
                File.Move(jsonFile + ".tmp", jsonFile, overwrite: true);
            }
        }

        return report.Mismatches == 0 ? 0 : 1;
    }

    private static void Print(CosimulationReport report)
    {
        Console.WriteLine($"{report.Verilator}, seed {report.Seed}");
        Console.WriteLine("block        designs  channels    design-cycles  mismatches");
        foreach (IGrouping<string, DesignReport> rows in report.Blocks.GroupBy(b => b.Block))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rows.Key,-12}{rows.Count(),8}{rows.Sum(r => r.Channels),10}{rows.Sum(r => r.Cycles),17}{rows.Sum(r => r.Mismatches),12}"));
        }

        foreach (var difference in report.Differences)
        {
            Console.WriteLine(difference);
        }

        foreach (string waveform in report.Waveforms)
        {
            Console.WriteLine($"waveform {waveform}");
        }
    }
}
