using System.CommandLine;
using System.CommandLine.Help;

namespace BcnnSim.Cli;

/// <summary>The root: without arguments it does the main job, every committed network on the reference design.</summary>
internal static class BcnnSimCommand
{
    public const string Name = "bcnnsim";

    /// <param name="arguments">Only a command that they name gets its options: help of the root must be quick.</param>
    /// <param name="session">For the command that runs.</param>
    public static RootCommand Create(IReadOnlyList<string> arguments, Session session)
    {
        RootCommand root = new("Cycle-accurate simulator of binarized complex neural network accelerators. Without a command: every committed network on the reference design, checked bit by bit.");
        Option<string?> json = CommonOptions.Json();
        root.Options.Add(json);
        root.SetAction(parsed => RunCommand.RunAll(parsed.GetValue(json), session));
        Add("run", "Simulate networks on a design and report cycles, utilization, stalls and results", RunCommand.Fill);
        Add("explain", "Show program, memory plan, tile plan and closed-form cycles of a network on a design, without running it", ExplainCommand.Fill);
        Add("validate", "Hold published throughputs against trained networks on a design; exit code 1 if one is not reached", ValidateCommand.Fill);
        Add("hbm", "Run a request trace or pattern through the memory system alone: bandwidth, row hits, latencies", HbmCommand.Fill);
        Add("compare", "Show two run reports side by side; exit code 1 if they differ", CompareCommand.Fill);
        Add("sweep", "Rank array geometries on the filter-pruned shapes of the reference networks, by closed-form cycles (estimated)", SweepCommand.Fill);
        Add("export-onnx", "Write a network as an integer-exact ONNX model for other tools", ExportOnnxCommand.Fill);
        Add("cosim", "Step Verilated RTL beside the simulator's blocks until the first difference", CosimCommand.Fill);
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExample((HelpAction)help.Action!);
        }

        return root;

        void Add(string name, string description, Action<Command, Session> fill)
        {
            Command command = new(name, description);
            root.Subcommands.Add(command);
            if (arguments.Contains(name, StringComparer.Ordinal))
            {
                fill(command, session);
            }
        }
    }
}
