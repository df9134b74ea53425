using System.Globalization;
using CsvHelper;

namespace BcnnSim.Trainer.Training;

/// <summary>A small CSV that grows by rows of text: phase results, uses of the test set.</summary>
public static class PhaseTable
{
    /// <summary>
    /// Adds a row, its values by the name of their column. A column that the table has not yet comes last, empty in the rows before, so a table begun
    /// by an older version goes on.
    /// </summary>
    public static void Append(string path, IReadOnlyList<(string Column, string Value)> row)
    {
        (string[] header, List<string[]> rows) = Read(path);
        string[] columns = [.. header.Union(row.Select(pair => pair.Column))];
        IEnumerable<string[]> padded = rows.Select(fields => (string[])[.. fields, .. Enumerable.Repeat(string.Empty, Math.Max(0, columns.Length - fields.Length))]);
        Write(path, columns, [.. padded, [.. columns.Select(column => row.FirstOrDefault(pair => pair.Column == column).Value ?? string.Empty)]]);
    }

    /// <summary>Header and rows; nothing where there is no table yet. A table that cannot be read is refused: ask before the work whose result it is to hold.</summary>
    public static (string[] Header, List<string[]> Rows) Read(string path) => new FileInfo(path) is { Exists: true, Length: > 0 }
        ? CsvText.Read(path, (_, reader) => Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToArray())
        : ([], []);

    /// <summary>A whole table; an old one of this name is replaced at once or stays.</summary>
    public static void Write(string path, string[] header, IEnumerable<string[]> rows)
    {
        using var text = new StringWriter();
        using (CsvWriter writer = CsvWriter.Create(text))
        {
            writer.WriteHeader(header);
            foreach (string[] row in rows)
            {
                writer.WriteRecord(row);
            }
        }

        Put(path, text.ToString().ReplaceLineEndings("\n")); // as git stores them
    }

    /// <summary>Four decimals, invariant.</summary>
    public static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static void Put(string path, string text) => RunFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
