using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Comparison;

/// <summary>One contender at one structure and rate, over its seeds.</summary>
/// <param name="Label">Contender.</param>
/// <param name="Structure">What goes as one.</param>
/// <param name="Rate">Asked for.</param>
/// <param name="Rows">Its rows, by seed.</param>
/// <param name="HardPrune">Accuracy before retraining, behind signs or rounding where these follow the hard prune, minus that of the reference, paired by seed; no pairs for a network from new weights.</param>
/// <param name="Final">Test accuracy behind retraining (validation where the test set is left alone) minus that of the reference.</param>
/// <param name="NotConverged">Rows that diverged, or whose violation stayed above 0.2: they show no other method's advantage.</param>
public sealed record ComparisonLine(
    string Label, PruningStructure Structure, double Rate, IReadOnlyList<ComparisonRow> Rows, PairedDifference HardPrune, PairedDifference Final, int NotConverged)
{
    /// <summary>Relative violation above which a row counts as not converged.</summary>
    public const double ViolationLimit = 0.2;

    /// <summary>A baseline that began with new weights: what it has before its first epoch is no hard prune, and is neither compared nor shown as one.</summary>
    public bool StartsAnew { get; init; }

    /// <summary>Holm-corrected over the lines of the table that share at least two seeds with the reference, of the hard prune; NaN for the others.</summary>
    public double HardPruneP { get; init; } = double.NaN;

    /// <summary>The same of the test accuracy.</summary>
    public double FinalP { get; init; } = double.NaN;

    /// <summary>Mean of its rows; null for a baseline.</summary>
    public double? Violation => Rows.Average(row => row.Violation);

    /// <summary>Mean of the rows that ran on the machine; null where none did.</summary>
    public double? FramesPerSecond => Rows.Average(row => row.FramesPerSecond);

    /// <summary>Whether its test frames have a number to group by.</summary>
    public bool HasTags => Rows.All(row => row.TestByTag is not null);

    /// <summary>Test accuracies of every tag, one per seed; only with tags.</summary>
    public IReadOnlyList<(float Tag, IReadOnlyList<double> Accuracies)> ByTag() =>
        [.. Rows.SelectMany(row => row.TestByTag!).GroupBy(tag => tag.Tag).OrderBy(group => group.Key).Select(group => (group.Key, (IReadOnlyList<double>)[.. group.Select(tag => tag.Accuracy)]))];

    /// <summary>Lines of all finished rows; the reference has difference 0 to itself and is no hypothesis.</summary>
    /// <param name="rows">Of all contenders.</param>
    /// <param name="reference">Label the others are compared with.</param>
    /// <param name="anew">Labels of baselines from new weights.</param>
    public static IReadOnlyList<ComparisonLine> Of(IEnumerable<ComparisonRow> rows, string reference, params IReadOnlyCollection<string> anew)
    {
        var all = rows.ToList();
        List<ComparisonLine> lines = [.. all.GroupBy(row => (row.Key.Structure, row.Key.Rate, row.Key.Label)).Select(group => Line([.. group.OrderBy(row => row.Key.Seed)], all, reference, anew))];
        foreach ((int at, double p) in Corrected(lines, reference, line => line.HardPrune))
        {
            lines[at] = lines[at] with { HardPruneP = p };
        }

        foreach ((int at, double p) in Corrected(lines, reference, line => line.Final))
        {
            lines[at] = lines[at] with { FinalP = p };
        }

        return lines;
    }

    /// <summary>Whether both pruned the same groups at the same rate.</summary>
    public bool IsBeside(ComparisonLine other) => (Structure, Rate) == (other.Structure, other.Rate);

    /// <summary>A value of this contender minus that of another one, paired by seed; NaN where they share none.</summary>
    public PairedDifference Against(ComparisonLine other, Func<ComparisonRow, double> value) => Paired(Rows, other.Rows, value);

    /// <summary>The same of hard prunes; no pairs where one of the two has none.</summary>
    public PairedDifference HardPruneAgainst(ComparisonLine other) => HardPrunes(Rows, other.Rows, StartsAnew || other.StartsAnew);

    private static IEnumerable<(int At, double P)> Corrected(IReadOnlyList<ComparisonLine> lines, string reference, Func<ComparisonLine, PairedDifference> difference)
    {
        int[] tested = [.. lines.Index().Where(pair => pair.Item.Label != reference && difference(pair.Item).Pairs > 1).Select(pair => pair.Index)];
        return tested.Zip(PairedDifference.Holm([.. tested.Select(i => difference(lines[i]).P)]));
    }

    private static ComparisonLine Line(List<ComparisonRow> rows, List<ComparisonRow> all, string reference, IReadOnlyCollection<string> anew)
    {
        ComparisonKey key = rows[0].Key;
        ComparisonRow[] others = [.. all.Where(row => row.Key == key with { Label = reference, Seed = row.Key.Seed })];
        bool starts = anew.Contains(key.Label);
        return new(
            key.Label, key.Structure, key.Rate, rows, HardPrunes(rows, others, starts || anew.Contains(reference)), Paired(rows, others, row => row.Final),
            rows.Count(row => row.Diverged || row.Violation > ViolationLimit))
        { StartsAnew = starts };
    }

    private static PairedDifference HardPrunes(IReadOnlyList<ComparisonRow> rows, IReadOnlyList<ComparisonRow> others, bool none) =>
        Paired(none ? [] : rows, others, row => row.Pruned);

    private static PairedDifference Paired(IReadOnlyList<ComparisonRow> rows, IReadOnlyList<ComparisonRow> others, Func<ComparisonRow, double> value)
    {
        double[] differences = [.. rows.Join(others, row => row.Key.Seed, other => other.Key.Seed, (row, other) => value(row) - value(other))];
        return differences.Length == 0 ? new(double.NaN, double.NaN, double.NaN, 1, 0) : PairedDifference.Of(differences);
    }
}
