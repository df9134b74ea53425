using BcnnSim.Networks;
using CsvHelper;

namespace BcnnSim.Trainer.Training;

/// <summary>Reads a CSV file of a run: what does not parse is refused with its row, never an exception of the parser.</summary>
internal static class CsvText
{
    private const int MaxBytes = 64 << 20;

    /// <summary>Header and every row through <paramref name="row"/>.</summary>
    public static (string[] Header, List<T> Rows) Read<T>(string path, Func<string[], CsvReader, T> row)
    {
        var violations = new ViolationList(path);
        byte[]? bytes = InputFile.ReadAll(path, MaxBytes, violations);
        ViolationList.ThrowIfAny(violations);
        string text = System.Text.Encoding.UTF8.GetString(bytes!);
        string[] header = text.Split('\n', 2)[0].TrimEnd('\r').Split(',');
        var rows = new List<T>();
        try
        {
            using CsvReader reader = CsvReader.Create(new StringReader(text));
            while (reader.Read())
            {
                rows.Add(row(header, reader));
            }
        }
        catch (Exception failure) when (failure is not InputException and not OutOfMemoryException)
        {
            violations.Add($"row {rows.Count + 1}", failure.Message, $"must hold one value for each of {string.Join(", ", header)}", "Restore the file; deleted, what it says of finished epochs is lost, the checkpoints are not");
        }

        ViolationList.ThrowIfAny(violations);
        return (header, rows);
    }
}
