using System.Globalization;
using CsvHelper;

namespace BcnnSim.Trainer.Training;

/// <summary>A small CSV that grows by rows of text: phase results, uses of the test set.</summary>
public static class PhaseTable
{
    public static void Append(string path, IReadOnlyList<(string Column, string Value)> row)
    {
        string before = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        using var text = new StringWriter();
        using (CsvWriter writer = CsvWriter.Create(text))
        {
            if (before.Length == 0)
            {
                writer.WriteHeader(row.Select(pair => pair.Column).ToArray());
            }

            writer.WriteRecord(row.Select(pair => pair.Value).ToArray());
        }

        string end = before.Length == 0 || before.EndsWith('\n') ? string.Empty : Environment.NewLine;
        Put(path, before + end + text);
    }

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

        Put(path, text.ToString());
    }

    /// <summary>Four decimals, invariant.</summary>
    public static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static void Put(string path, string text) => RunFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
