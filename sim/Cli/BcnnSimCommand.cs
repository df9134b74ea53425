using System.CommandLine;
using System.CommandLine.Help;

namespace BcnnSim.Cli;

/// <summary>The root: without arguments it does the main job, every committed network on the reference design.</summary>
internal static class BcnnSimCommand
{
    public const string Name = "bcnnsim";

    public static RootCommand Create(Session session)
    {
        RootCommand root = new("Cycle-accurate simulator of binarized complex neural network accelerators. Without a command: every committed network on the reference design, checked bit by bit.");
        Option<string?> json = CommonOptions.Json();
        root.Options.Add(json);
        root.SetAction(parsed => RunCommand.RunAll(parsed.GetValue(json), session));
        root.Subcommands.Add(RunCommand.Create(session));
        root.Subcommands.Add(ExplainCommand.Create(session));
        root.Subcommands.Add(CompareCommand.Create(session));
        root.Subcommands.Add(SweepCommand.Create(session));
        root.Subcommands.Add(CosimCommand.Create(session));
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExample((HelpAction)help.Action!);
        }

        return root;
    }
}
