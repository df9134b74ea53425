using System.Globalization;
using System.Text;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>comparison.md: comparison.csv as a page to read, in percent and points.</summary>
internal static class ComparisonMarkdown
{
    private const string LossMeans = " Loss to dense trained on: the dense network after as many more epochs, minus this; negligible where the upper bound is below 1 point.";

    /// <param name="folder">Takes the page.</param>
    /// <param name="settings">Name and reference.</param>
    /// <param name="lines">Of the table.</param>
    /// <param name="older">Contenders whose rows are older than a rule that concerns them.</param>
    public static void Write(ComparisonFolder folder, ComparisonSettings settings, IReadOnlyList<ComparisonLine> lines, IReadOnlyList<string> older) =>
        RunFile.Write(folder.File("comparison.md"), stream => stream.Write(Encoding.UTF8.GetBytes(Text(settings, lines, older))));

    private static string Text(ComparisonSettings settings, IReadOnlyList<ComparisonLine> lines, IReadOnlyList<string> older)
    {
        ComparisonRow[] rows = [.. lines.SelectMany(line => line.Rows)];
        string final = rows.All(row => row.Test is null) ? "end" : "test";
        string[] header =
        [
            "structure", "rate", "reached, weights / lane operations", "contender", "seeds", "dense", "hard prune", "after 1 / 3 / 10 epochs", $"{final} (deviation)", $"hard prune against {settings.Reference}", "p (Holm)",
            $"{final} against {settings.Reference}", "p (Holm)", $"{final}, loss to dense trained on", "epochs to dense", "converged", "frames/s",
        ];
        var losses = new DenseLoss(settings, lines);
        string[][] cells = [.. lines.Select(line => Fields(line, settings, losses.Of(line)))];
        int[] filled = [.. Enumerable.Range(0, header.Length).Where(column => cells.Any(row => row[column].Length > 0))];
        IEnumerable<string> table = [Row(header, filled), Row([.. header.Select(_ => "---")], filled), .. cells.Select(row => Row(row, filled))];
        return string.Create(CultureInfo.InvariantCulture, $"""
            # {settings.Name}

            Made by `bcnntrain compare`: {rows.Length} rows, {rows.Sum(row => row.CpuSeconds) / 60:F0} CPU minutes without the dense networks. Means over seeds, in percent of validation unless it says test; differences in points, paired
            by seed, with 95 % t intervals; p of each after Holm's correction over this table. Reached: dense over kept, of weights and of the lane operations of the machine. Hard prune: behind signs or rounding where these follow it, in brackets what they left it with before; a network from new weights has none, and its epochs are those of its one phase. Test: of the epoch that is best on validation. Epochs to dense: of retraining, until validation is within 1 point of the dense network the row started from.
            Converged: no seed with a relative violation above {ComparisonLine.ViolationLimit}, and none diverged. [pairs.csv](pairs.csv) has the differences of any two contenders, [rows.csv](rows.csv) every seed.{(lines.Any(line => losses.Of(line) is not null) ? LossMeans : string.Empty)}


            """).ReplaceLineEndings("\n") + string.Concat(table) + (older.Count == 0 ? string.Empty : $"\nMade by an older program, whose rules of training differ: {string.Join(", ", older)}.\n");
    }

    private static string[] Fields(ComparisonLine line, ComparisonSettings settings, PairedDifference? loss)
    {
        bool itself = line.Label == settings.Reference;
        bool retrained = line.Rows.All(row => row.Retrain.Count > 0);
        return
        [
            line.Structure.ToString().ToLowerInvariant(), string.Create(CultureInfo.InvariantCulture, $"{line.Rate}x"), Reached(line), line.Label, line.Rows.Count.ToString(CultureInfo.InvariantCulture),
            Mean(line, row => row.Dense), line.StartsAnew ? string.Empty : Mean(line, row => row.Pruned) + Before(line),
            retrained ? string.Join(" / ", new[] { 1, 3, 10 }.Select(epochs => After(line, epochs))) : string.Empty,
            Mean(line, row => row.Final) + Deviation(line), itself ? string.Empty : Difference(line.HardPrune, line), Probability(line.HardPruneP), itself ? string.Empty : Difference(line.Final, line),
            Probability(line.FinalP), loss is null ? string.Empty : Difference(loss, line) + (DenseLoss.IsNegligible(loss) ? ", negligible" : string.Empty), ComparisonTables.EpochsToDense(line),
            ComparisonTables.Converged(line), line.FramesPerSecond?.ToString("N0", CultureInfo.InvariantCulture) ?? string.Empty,
        ];
    }

    private static string Reached(ComparisonLine line) =>
        string.Create(CultureInfo.InvariantCulture, $"{line.Rows.Average(row => row.Rate):0.0} / {line.Rows.Average(row => row.LaneOperationRate):0.0}");

    private static string Before(ComparisonLine line) => line.Rows.All(row => row.Binarized is not null) ? $" ({Mean(line, row => row.HardPrune)} before)" : string.Empty;

    private static string After(ComparisonLine line, int epochs) => line.Rows.All(row => row.After(epochs) is not null) ? Mean(line, row => row.After(epochs)!.Value) : "-";

    private static string Mean(ComparisonLine line, Func<ComparisonRow, double> value) => Percent(line.Rows.Average(value));

    private static string Deviation(ComparisonLine line) => line.Rows.Count < 2 ? string.Empty : $" ({Percent(MathNet.Numerics.Statistics.Statistics.StandardDeviation(line.Rows.Select(row => row.Final)))})";

    private static string Difference(PairedDifference difference, ComparisonLine line) => difference.Pairs switch
    {
        0 => string.Empty,
        1 => $"{Points(difference.Mean)}, one pair",
        _ when difference.Pairs < line.Rows.Count => $"{Points(difference.Mean)} ({Points(difference.Low)} to {Points(difference.High)}), {difference.Pairs} pairs",
        _ => $"{Points(difference.Mean)} ({Points(difference.Low)} to {Points(difference.High)})",
    };

    // None where nothing was tested.
    private static string Probability(double p) => double.IsNaN(p) ? string.Empty : p < 0.0001 ? "< 0.0001" : p.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Points(double share) => (100 * share).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture);

    private static string Row(string[] cells, int[] columns) => $"| {string.Join(" | ", columns.Select(column => cells[column].Replace("|", "\\|", StringComparison.Ordinal)))} |\n";
}
