using System.Globalization;
using CsvHelper;

namespace BcnnSim.Trainer.Training;

/// <summary>A small CSV that grows by rows of text: phase results, uses of the test set.</summary>
public static class PhaseTable
{
    public static void Append(string path, IReadOnlyList<(string Column, string Value)> row)
    {
        bool fresh = !File.Exists(path);
        using var text = new StreamWriter(path, append: true);
        using CsvWriter writer = CsvWriter.Create(text);
        if (fresh)
        {
            writer.WriteHeader(row.Select(pair => pair.Column).ToArray());
        }

        writer.WriteRecord(row.Select(pair => pair.Value).ToArray());
    }

    /// <summary>Four decimals, invariant.</summary>
    public static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
