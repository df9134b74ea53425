using System.Globalization;
using System.Text;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>MODEL.md of a run: data, phases, floor, and how it was made.</summary>
internal sealed class ModelCard(TrainerConfiguration configuration, RunFolder folder)
{
    // A page without this line is someone's own.
    private const string Made = "Made by `bcnntrain train`, which leaves a page without this line alone.";

    public void Write(string? recordings)
    {
        if (File.Exists(folder.Card) && !File.ReadAllText(folder.Card).Contains(Made, StringComparison.Ordinal))
        {
            return;
        }

        string text = string.Join("\n\n", (string[])[$"# {configuration.Name}", Made, Data(recordings), Phases(), Pruned(), Tested(), How()]) + "\n";
        RunFile.Write(folder.Card, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    private string Data(string? recordings)
    {
        DataSettings data = configuration.Data;
        string[] facts =
        [
            $"`{data.Set}`", $"transform `{data.Transform}`", $"{data.InputBits} bits", .. data.Channel is null ? [] : (string[])[$"channel `{data.Channel}`"], .. data.Samples is null ? [] : (string[])[$"{data.Samples} samples"],
            $"data seed {data.Seed}", $"train / validation / test {data.Train} / {data.Validation} / {data.Test}", $"augmentation {data.Augmentation ?? "none"}", .. recordings is null ? [] : (string[])[recordings],
        ];
        int classes = DataSplits.Shape(data).Classes;
        return string.Create(CultureInfo.InvariantCulture, $"## Data\n\n{string.Join(", ", facts)}. Every choice was made on validation. Floor: chance {1.0 / classes:P2} ({classes} classes).");
    }

    private string Phases()
    {
        IEnumerable<string> rows = new TrainingLog(folder.Log).Rows.GroupBy(row => row.Phase).Select(phase =>
        {
            TrainingLogRow best = phase.MaxBy(row => row.ValidationAccuracy)!, last = phase.Last();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"| {phase.Key} | {last.Epoch} | {last.Images} | {configuration.PhaseOf(phase.Key)?.LearningRate} | {best.ValidationAccuracy:P2}, epoch {best.Epoch} | {last.ValidationAccuracy:P2} | {phase.Sum(row => row.CpuSeconds):F0} |");
        });
        return Table("Phases", ["phase", "epochs", "images", "learning rate", "best validation", "last validation", "CPU seconds"], rows) + "\n\n![accuracy by epoch](curves.svg)";
    }

    private string Pruned()
    {
        (string[] header, List<string[]> rows) = PhaseTable.Read(folder.PhaseTable);
        return rows.Count == 0 ? "## Hard prune\n\nNothing was pruned." : Table("Hard prune", header, rows.Select(row => $"| {string.Join(" | ", row)} |"));
    }

    // They come later than this page.
    private static string Tested() => "## Test set\n\nEvery use stands in [test-uses.csv](test-uses.csv): there is none before `bcnntrain evaluate` or `export`.";

    private string How() => $"""
        ## How

        Seed {configuration.Seed}, batch {configuration.Batch}; threads and processors in [starts.csv](starts.csv), what was asked for in [configuration.json](configuration.json).

        ```
        bcnntrain train --config configuration.json --run RUN
        ```
        """.ReplaceLineEndings("\n");

    private static string Table(string title, string[] header, IEnumerable<string> rows) =>
        $"## {title}\n\n| {string.Join(" | ", header)} |\n|{string.Concat(header.Select(_ => "---|"))}\n{string.Join('\n', rows)}";
}
