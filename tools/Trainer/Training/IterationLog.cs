using System.Globalization;
using BcnnSim.Trainer.Pruning.Methods;
using CsvHelper;

namespace BcnnSim.Trainer.Training;

/// <summary>iterations.csv of a run: what the pruning method did, one row per epoch, rewritten whole so that a resumed run leaves no stray rows.</summary>
public sealed class IterationLog
{
    private static readonly string[] Header = ["epoch", "loss", "violation", "rho", "step", "updates", "condition1", "condition2"];

    private readonly string path;
    private readonly List<PruningIteration> rows = [];

    /// <summary>Opens or starts the log; an existing file is read.</summary>
    public IterationLog(string path)
    {
        this.path = path;
        if (!File.Exists(path))
        {
            return;
        }

        (string[] header, List<PruningIteration> read) = CsvText.Read(path, (_, reader) => Row(reader));
        if (!header.SequenceEqual(Header))
        {
            throw new InputException(path, "header", string.Join(',', header), $"must be {string.Join(',', Header)}", "Restore the file, or delete it: its lines in pictures are then left out");
        }

        rows.AddRange(read);
    }

    public IReadOnlyList<PruningIteration> Rows => rows;

    /// <summary>Drops rows behind an epoch: they belong to a run that was cut off before its checkpoint.</summary>
    public void Forget(int afterEpoch) => rows.RemoveAll(row => row.Epoch > afterEpoch);

    public void Add(PruningIteration row)
    {
        rows.Add(row);
        PhaseTable.Write(path, Header, rows.Select(Fields));
    }

    private static string[] Fields(PruningIteration row) =>
    [
        Text(row.Epoch), Text(row.Loss), Text(row.Violation), Text(row.Rho), Text(row.Step), Text(row.Updates), Text(row.Condition1), Text(row.Condition2),
    ];

    // Doubles in their shortest form that reads back to the bit; empty where the method has no such number.
    private static string Text<T>(T value) => string.Create(CultureInfo.InvariantCulture, $"{value}");

    private static PruningIteration Row(CsvReader reader) => new(
        reader.Parse<int>(0), Number(reader, 1), reader.Parse<double>(2), reader.Parse<double>(3), Number(reader, 4), reader.Parse<int>(5), Truth(reader, 6), Truth(reader, 7));

    private static double? Number(CsvReader reader, int column) => reader.GetString(column) is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private static bool? Truth(CsvReader reader, int column) => reader.GetString(column) is { Length: > 0 } text ? bool.Parse(text) : null;
}
