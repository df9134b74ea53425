using System.CommandLine;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain plot: draws a run's pictures again from its CSV files: learning curves, violation and step of pruning, and accuracy by SNR of all rows together.</summary>
internal static class PlotCommand
{
    private const string Suffix = "-by-snr.csv";
    private const string Accuracy = "Accuracy";

    public static Command Build()
    {
        Option<string> run = new("--run") { Description = "Folder with log.csv, and perhaps iterations.csv and *-by-snr.csv.", Required = true };
        var command = new Command("plot", "Draws curves.svg, iterations.svg and accuracy-by-snr.svg from the CSV files of a run.") { run };
        command.SetAction(parsed =>
        {
            var folder = new RunFolder(parsed.GetRequiredValue(run));
            if (!File.Exists(folder.Log))
            {
                throw new InputException("--run", "log.csv", folder.Root, "the folder must hold the log of a run", "Name the folder given to bcnntrain train");
            }

            var refusals = new Refusals();
            TrainingLog? log = refusals.Try(() => new TrainingLog(folder.Log));
            IterationLog? iterations = File.Exists(folder.Iterations) ? refusals.Try(() => new IterationLog(folder.Iterations)) : null;
            AccuracyPicture? picture = Picture(folder, refusals);
            refusals.Throw();
            Draw(folder, log!, iterations, picture, parsed.InvocationConfiguration.Output);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Draw(RunFolder folder, TrainingLog log, IterationLog? iterations, AccuracyPicture? picture, TextWriter output)
    {
        void One(string path, Action write)
        {
            write();
            output.WriteLine($"drawn: {path}");
        }

        One(folder.Curves, () => CurvePicture.Write(log.Rows, folder.Curves));
        if (iterations is { Rows.Count: > 0 })
        {
            One(folder.IterationCurves, () => IterationPicture.Write(iterations, folder.IterationCurves));
        }

        if (picture is not null)
        {
            string path = folder.File("accuracy-by-snr.svg");
            One(path, () => picture.Write(path));
        }
    }

    /// <summary>Test accuracy by SNR: every evaluated phase (integer, as the machine computes it, where there are integers), yardsticks dashed; null for images.</summary>
    private static AccuracyPicture? Picture(RunFolder folder, Refusals refusals)
    {
        string[] files = [.. Directory.GetFiles(folder.Root, $"*{Suffix}").Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            return null; // images have no SNR
        }

        var picture = new AccuracyPicture("Test accuracy by SNR", "SNR, dB");
        foreach (string file in files)
        {
            string name = Path.GetFileName(file)[..^Suffix.Length];
            (string column, List<(double, double)>? points) = refusals.Try(() => Read(file));
            if (points is null)
            {
                continue;
            }

            bool network = column.Length > Accuracy.Length;
            picture.Add(network ? $"{name}, {column[..^Accuracy.Length]}" : name, points, network ? 2 : 1.5, dashed: !network);
        }

        return picture;
    }

    private static (string Column, List<(double, double)> Points) Read(string file)
    {
        static string Column(string[] header) => Array.Find(["integerAccuracy", "floatAccuracy"], header.Contains) ?? "accuracy";
        (string[] header, List<(double, double)> points) = CsvText.Read(
            file, (header, reader) => (reader.Parse<double>(0), reader.Parse<double>(Array.IndexOf(header, Column(header)))));
        return (Column(header), points);
    }
}
