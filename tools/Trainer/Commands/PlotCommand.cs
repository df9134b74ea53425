using System.CommandLine;
using BcnnSim.Trainer.Training;
using CsvHelper;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain plot: draws a run's pictures again from its CSV files: learning curves, and accuracy by SNR of all rows together.</summary>
internal static class PlotCommand
{
    private const string Suffix = "-by-snr.csv";

    public static Command Build()
    {
        Option<string> run = new("--run") { Description = "Folder with log.csv and *-by-snr.csv.", Required = true };
        var command = new Command("plot", "Draws curves.svg and accuracy-by-snr.svg from the CSV files of a run.") { run };
        command.SetAction(parsed =>
        {
            var folder = new RunFolder(parsed.GetRequiredValue(run));
            if (!File.Exists(folder.Log))
            {
                throw new InputException("--run", "log.csv", folder.Root, "the folder must hold the log of a run", "Name the folder given to bcnntrain train");
            }

            CurvePicture.Write(new TrainingLog(folder.Log).Rows, folder.Curves);
            Draw(folder);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Test accuracy by SNR: every evaluated phase (integer, as the machine computes it), then yardsticks (dashed).</summary>
    private static void Draw(RunFolder folder)
    {
        string[] files = [.. Directory.GetFiles(folder.Root, $"*{Suffix}").Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            return; // images have no SNR
        }

        var picture = new AccuracyPicture("Test accuracy by SNR", "SNR, dB");
        foreach (string file in files)
        {
            string name = Path.GetFileName(file)[..^Suffix.Length];
            (string column, List<(double, double)> points) = Read(file);
            bool network = column == "integerAccuracy";
            picture.Add(network ? $"{name}, integer" : name, points, network ? 2 : 1.5, dashed: !network);
        }

        picture.Write(folder.File("accuracy-by-snr.svg"));
    }

    private static (string Column, List<(double, double)> Points) Read(string file)
    {
        string[] header = File.ReadLines(file).First().Split(',');
        string column = header.Contains("integerAccuracy", StringComparer.Ordinal) ? "integerAccuracy" : "accuracy";
        int place = Array.IndexOf(header, column);
        List<(double, double)> points = [];
        using CsvReader reader = CsvReader.Create(new StringReader(File.ReadAllText(file)));
        while (reader.Read())
        {
            points.Add((reader.Parse<double>(0), reader.Parse<double>(place)));
        }

        return (column, points);
    }
}
