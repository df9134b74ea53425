using System.CommandLine;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>Options that several commands take.</summary>
internal sealed class CommonOptions
{
    public Option<string> Configuration { get; } = new("--config") { Description = "Training configuration, JSON.", Required = true };

    public Option<string> Run { get; } = new("--run") { Description = "Folder of the run: checkpoints, log, results.", Required = true };

    public Option<int?> Threads { get; } = new("--threads") { Description = "Threads; changes the time, never a bit." };

    public void AddTo(Command command)
    {
        command.Add(Configuration);
        command.Add(Run);
        command.Add(Threads);
    }

    public TrainerConfiguration Read(ParseResult parsed)
    {
        TrainerConfiguration configuration = ConfigurationFile.Read(parsed.GetRequiredValue(Configuration));
        int? threads = parsed.GetValue(Threads);
        if (threads is < 1 or > 256)
        {
            throw new InputException("command line", "--threads", $"{threads}", "must lie in 1..256", "Give the number of cores");
        }

        return threads is { } count ? configuration with { Threads = count } : configuration;
    }

    public RunFolder Folder(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(Run);
        Directory.CreateDirectory(path);
        return new RunFolder(path);
    }

    public static ProgressLine Progress(TrainerConfiguration configuration) => new(Console.Out, !Console.IsOutputRedirected, configuration.Batch);
}
