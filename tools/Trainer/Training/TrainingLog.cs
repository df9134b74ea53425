using System.Globalization;
using CsvHelper;

namespace BcnnSim.Trainer.Training;

/// <summary>log.csv of a run: one row per epoch, rewritten whole so that a resumed run leaves no stray rows.</summary>
public sealed class TrainingLog
{
    private static readonly string[] Header =
        ["phase", "epoch", "learningRate", "trainLoss", "trainAccuracy", "validationLoss", "validationAccuracy", "images", "cpuSeconds", "imagesPerSecond"];

    private readonly string path;
    private readonly List<TrainingLogRow> rows = [];

    /// <summary>Opens or starts the log; an existing file is read.</summary>
    public TrainingLog(string path)
    {
        this.path = path;
        if (File.Exists(path))
        {
            (string[] header, List<TrainingLogRow> read) = CsvText.Read(path, (_, reader) => Row(reader));
            if (!header.SequenceEqual(Header))
            {
                throw new InputException(path, "header", string.Join(',', header), $"must be {string.Join(',', Header)}", "Restore the file, or delete it: the next run begins a new one");
            }

            rows.AddRange(read);
        }
    }

    public IReadOnlyList<TrainingLogRow> Rows => rows;

    /// <summary>Drops rows of a phase after an epoch: they belong to a run that was cut off before its checkpoint.</summary>
    public void Forget(string phase, int afterEpoch) => rows.RemoveAll(row => row.Phase == phase && row.Epoch > afterEpoch);

    public void Add(TrainingLogRow row)
    {
        rows.Add(row);
        PhaseTable.Write(path, Header, rows.Select(Fields));
    }

    private static string[] Fields(TrainingLogRow row)
    {
        static string Text(IFormattable value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
        return
        [
            row.Phase, Text(row.Epoch, "D"), Text(row.LearningRate, "R"), Text(row.TrainLoss, "R"), Text(row.TrainAccuracy, "F5"),
            Text(row.ValidationLoss, "R"), Text(row.ValidationAccuracy, "F5"), Text(row.Images, "D"), Text(row.CpuSeconds, "F1"), Text(row.ImagesPerSecond, "F0"),
        ];
    }

    private static TrainingLogRow Row(CsvReader reader) => new(
        reader.GetString(0), reader.Parse<int>(1), reader.Parse<double>(2), reader.Parse<double>(3), reader.Parse<double>(4),
        reader.Parse<double>(5), reader.Parse<double>(6), reader.Parse<long>(7), reader.Parse<double>(8), reader.Parse<double>(9));
}
