namespace BcnnSim.Trainer.Comparison;

/// <summary>What pruning loses of the test set: the dense network that was trained on for as many epochs, minus the pruned one, paired by seed.</summary>
internal sealed class DenseLoss(ComparisonSettings settings, IReadOnlyList<ComparisonLine> lines)
{
    private const double Negligible = 0.01;

    /// <summary>Whether the upper bound of the 95 % interval lies below one point (training.md section 5).</summary>
    public static bool IsNegligible(PairedDifference loss) => loss.High < Negligible;

    /// <summary>Null of a dense network itself, and where the table has none of the same training or shares fewer than two seeds with it.</summary>
    public PairedDifference? Of(ComparisonLine line)
    {
        ContenderSettings contender = settings.Contender(line.Label);
        ContenderSettings? dense = settings.Contenders.FirstOrDefault(other => other.Baseline == BaselineKind.Dense && other.Training == contender.Training);
        if (dense is null || contender.Baseline == BaselineKind.Dense)
        {
            return null;
        }

        // It is not pruned, so one of any rate will do.
        ComparisonLine? trained = lines.Where(other => other.Label == dense.Label).OrderByDescending(line.IsBeside).FirstOrDefault();
        return trained?.Against(line, row => row.Final) is { Pairs: > 1 } loss ? loss : null;
    }
}
