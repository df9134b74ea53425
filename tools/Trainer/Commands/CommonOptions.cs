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

    /// <summary>Configuration with the flags applied; what is refused goes to <paramref name="refusals"/> and gives null.</summary>
    public TrainerConfiguration? Read(ParseResult parsed, Refusals refusals)
    {
        int? threads = parsed.GetValue(Threads);
        refusals.Flag(threads is null or (>= 1 and <= 256), "--threads", $"{threads}", "must lie in 1..256", "Give the number of cores");
        TrainerConfiguration? configuration = refusals.Try(() => ConfigurationFile.Read(parsed.GetRequiredValue(Configuration)));
        return threads is { } count && configuration is not null ? configuration with { Threads = count } : configuration;
    }

    /// <summary>Folder of a run that is there.</summary>
    public RunFolder Existing(ParseResult parsed, Refusals refusals)
    {
        string path = parsed.GetRequiredValue(Run);
        refusals.Flag(Directory.Exists(path), "--run", path, "must be the folder of a run", "Name the folder given to bcnntrain train");
        return new RunFolder(path);
    }

    /// <summary>Folder of a run, made if it is not there, tried for writing.</summary>
    public RunFolder Made(ParseResult parsed, Refusals refusals)
    {
        string path = parsed.GetRequiredValue(Run);
        refusals.TryFolder("--run", path);
        return new RunFolder(path);
    }

    /// <summary>Progress on the writer of the command; a line that rewrites itself only on a terminal.</summary>
    public static ProgressLine Progress(TrainerConfiguration configuration, TextWriter output) => new(output, output == Console.Out && !Console.IsOutputRedirected, configuration.Batch);
}
