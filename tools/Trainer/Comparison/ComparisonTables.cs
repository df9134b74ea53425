using System.Globalization;
using BcnnSim.Trainer.Training;
using MathNet.Numerics.Statistics;

namespace BcnnSim.Trainer.Comparison;

/// <summary>
/// rows.csv: every seed; comparison.csv: mean, paired difference to the reference with its interval, by contender; pairs.csv: the same of any
/// two contenders; by-tag.csv: test accuracy by SNR.
/// </summary>
internal static class ComparisonTables
{
    private static readonly string[] RowHeader =
        ["label", "structure", "rateAsked", "seed", "rate", "laneOperationRate", "dense", "hardPrune", "binarized", "retrain1", "retrain3", "retrain10", "best", "test", "framesPerSecond", "violation", "diverged", "images", "cpuSeconds"];

    private static readonly string[] LineHeader =
        ["label", "structure", "rateAsked", "seeds", "rate", "laneOperationRate", "dense", "hardPrune", "binarized", "retrain1", "retrain3", "retrain10", "test", "testStd", "framesPerSecond", "epochsToDense", "violation", "converged",
        "hardPruneDifference", "hardPruneLow", "hardPruneHigh", "hardPruneHolmP", "testDifference", "testLow", "testHigh", "testHolmP", "denseLoss", "denseLossLow", "denseLossHigh", "negligible", "cpuSeconds"];

    private static readonly string[] PairHeader =
        ["structure", "rateAsked", "label", "against", "seeds", "hardPruneDifference", "hardPruneLow", "hardPruneHigh", "hardPruneP", "testDifference", "testLow", "testHigh", "testP"];

    public static void Write(ComparisonFolder folder, ComparisonSettings settings, IReadOnlyList<ComparisonRow> rows, IReadOnlyList<ComparisonLine> lines)
    {
        var losses = new DenseLoss(settings, lines);
        PhaseTable.Write(folder.File("rows.csv"), RowHeader, rows.Select(Fields));
        PhaseTable.Write(folder.File("comparison.csv"), LineHeader, lines.Select(line => Fields(line, losses.Of(line))));
        PhaseTable.Write(folder.File("pairs.csv"), PairHeader, lines.SelectMany((line, i) => lines.Skip(i + 1).Where(line.IsBeside).Select(other => Fields(line, other))));
        if (lines.Any(line => line.HasTags))
        {
            PhaseTable.Write(folder.File("by-tag.csv"), ["label", "structure", "rateAsked", "tag", "seeds", "test", "testStd"], lines.Where(line => line.HasTags).SelectMany(TagFields));
        }
    }

    /// <summary>In words: the mean of <see cref="EpochsToDense(ComparisonRow)"/>, or how many seeds never got there; nothing where none was retrained.</summary>
    public static string EpochsToDense(ComparisonLine line)
    {
        if (line.Rows.All(row => row.Retrain.Count == 0))
        {
            return string.Empty;
        }

        int?[] epochs = [.. line.Rows.Select(EpochsToDense)];
        return epochs.All(e => e is not null) ? Number(epochs.Average(e => e!.Value)) : $"{epochs.Count(e => e is null)} never";
    }

    /// <summary>Retraining epochs until validation is within 1 point of the dense network the row started from, 0 where the hard prune is; null if never.</summary>
    public static int? EpochsToDense(ComparisonRow row)
    {
        int at = row.Retrain.Prepend(row.Pruned).TakeWhile(accuracy => accuracy < row.Dense - 0.01).Count();
        return at <= row.Retrain.Count ? at : null;
    }

    /// <summary>yes, or how many seeds did not; nothing for a baseline, which has nothing to converge to.</summary>
    public static string Converged(ComparisonLine line) => line.NotConverged > 0 ? $"not in {line.NotConverged} of {line.Rows.Count}" : line.Violation is null ? string.Empty : "yes";

    private static string[] Fields(ComparisonRow row) =>
    [
        row.Key.Label, Lower(row.Key.Structure), Number(row.Key.Rate), row.Key.Seed.ToString(CultureInfo.InvariantCulture), Number(row.Rate), Number(row.LaneOperationRate),
        Number(row.Dense), Number(row.HardPrune), Number(row.Binarized), Number(row.After(1)), Number(row.After(3)), Number(row.After(10)), Number(row.Best), Number(row.Test), Number(row.FramesPerSecond),
        Number(row.Violation), row.Diverged ? "yes" : "no", row.Images.ToString(CultureInfo.InvariantCulture), Number(row.CpuSeconds),
    ];

    private static string[] Fields(ComparisonLine line, PairedDifference? loss)
    {
        double? Mean(Func<ComparisonRow, double?> value) => line.Rows.Any(row => value(row) is null) ? null : line.Rows.Average(value);
        return
        [
            line.Label, Lower(line.Structure), Number(line.Rate), line.Rows.Count.ToString(CultureInfo.InvariantCulture), Number(Mean(row => row.Rate)), Number(Mean(row => row.LaneOperationRate)), Number(Mean(row => row.Dense)),
            Number(line.StartsAnew ? null : Mean(row => row.HardPrune)), Number(Mean(row => row.Binarized)), Number(Mean(row => row.After(1))), Number(Mean(row => row.After(3))), Number(Mean(row => row.After(10))),
            Number(line.Rows[0].Test is null ? null : Mean(row => row.Final)), Number(line.Rows.Count < 2 || line.Rows[0].Test is null ? null : line.Rows.Select(row => row.Final).StandardDeviation()),
            Number(line.FramesPerSecond),
            EpochsToDense(line),
            Number(line.Violation), Converged(line),
            Number(line.HardPrune.Mean), Number(line.HardPrune.Low), Number(line.HardPrune.High), Number(line.HardPruneP),
            Number(line.Final.Mean), Number(line.Final.Low), Number(line.Final.High), Number(line.FinalP),
            Number(loss?.Mean), Number(loss?.Low), Number(loss?.High), loss is null ? string.Empty : DenseLoss.IsNegligible(loss) ? "yes" : "no", Number(line.Rows.Sum(row => row.CpuSeconds)),
        ];
    }

    private static string[] Fields(ComparisonLine line, ComparisonLine other)
    {
        PairedDifference hard = line.HardPruneAgainst(other);
        PairedDifference final = line.Against(other, row => row.Final);
        return
        [
            Lower(line.Structure), Number(line.Rate), line.Label, other.Label, final.Pairs.ToString(CultureInfo.InvariantCulture),
            Number(hard.Mean), Number(hard.Low), Number(hard.High), Probability(hard), Number(final.Mean), Number(final.Low), Number(final.High), Probability(final),
        ];
    }

    private static IEnumerable<string[]> TagFields(ComparisonLine line) => line.ByTag().Select(tag => new[]
    {
        line.Label, Lower(line.Structure), Number(line.Rate), tag.Tag.ToString(CultureInfo.InvariantCulture), line.Rows.Count.ToString(CultureInfo.InvariantCulture),
        Number(tag.Accuracies.Mean()), Number(tag.Accuracies.Count < 2 ? null : tag.Accuracies.StandardDeviation()),
    });

    // Not corrected: which pairs are a question is the reader's to say.
    private static string Probability(PairedDifference difference) => Number(difference.Pairs > 1 ? difference.P : null);

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();

    private static string Number(double? value) => value is { } number && !double.IsNaN(number) ? PhaseTable.Number(number) : string.Empty;
}
