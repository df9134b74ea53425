using System.Globalization;
using System.Text;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>What a run folder keeps of how it was made: the configuration, and the processor of every start, whose instruction sets decide rounding.</summary>
internal static class RunRecord
{
    private const string Processor = "processor";

    public static void Write(TrainerConfiguration configuration, RunFolder folder, bool resume, ProgressLine progress)
    {
        string features = ProcessorFeatures.Describe();
        (string[] header, List<string[]> rows) = PhaseTable.Read(folder.Starts);
        int column = Array.IndexOf(header, Processor);
        if (resume && column >= 0 && rows.Count > 0 && rows[^1][column] != features)
        {
            progress.Line($"begun on a processor of {rows[^1][column]}: from here on rounding differs, and so will the last bits");
        }

        PhaseTable.Append(folder.Starts,
        [
            ("start", resume ? "resumed" : "begun"), (Processor, features), ("threads", configuration.Threads.ToString(CultureInfo.InvariantCulture)),
        ]);
        RunFile.Write(folder.Configuration, stream => stream.Write(Encoding.UTF8.GetBytes(ConfigurationFile.Text(configuration) + "\n")));
    }
}
