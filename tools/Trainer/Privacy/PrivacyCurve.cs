using BcnnSim.Trainer.Privacy.Attacks;

namespace BcnnSim.Trainer.Privacy;

/// <summary>
/// What one defence with one seed gives at a validation accuracy: its points and the undefended network, without those that another one
/// beats in both accuracies, joined by lines. The knob alone does not order them: validation accuracy is noisy.
/// </summary>
/// <param name="Defence">Name.</param>
/// <param name="Seed">Of its rows.</param>
/// <param name="Undefended">Validation accuracy of the undefended network.</param>
/// <param name="Points">By rising validation accuracy, and so by rising attack; the defence's own or the undefended network's.</param>
internal sealed record PrivacyCurve(string Defence, ulong Seed, double Undefended, IReadOnlyList<(double Validation, double Attack, bool Own)> Points)
{
    /// <summary>Curves of every defence and seed whose undefended row is there.</summary>
    public static IReadOnlyList<PrivacyCurve> Of(PrivacySettings settings, IReadOnlyList<PrivacyRow> rows)
    {
        rows = [.. rows.Where(row => !row.Diverged)];
        string undefended = settings.Contenders.Single(contender => contender.IsUndefended).Label;
        return
        [
            .. from defence in settings.Contenders.Where(contender => !contender.IsUndefended).GroupBy(contender => contender.Defence)
               from start in rows.Where(row => row.Label == undefended)
               let own = rows.Where(row => row.Seed == start.Seed && defence.Any(contender => contender.Label == row.Label)).ToList()
               where own.Count > 0
               select new PrivacyCurve(defence.Key, start.Seed, start.Validation, Best([.. own.Select(row => Point(row, true)), Point(start, false)])),
        ];
    }

    /// <summary>
    /// Attack accuracy so much below the undefended validation accuracy, between the two points around it, and whether both are the defence's
    /// own; null beyond the curve.
    /// </summary>
    public (double Attack, bool Own)? Below(double share)
    {
        double validation = Undefended - share;
        for (int i = 1; i < Points.Count; i++)
        {
            ((double left, double low, bool from), (double right, double high, bool to)) = (Points[i - 1], Points[i]);
            if (left <= validation && validation <= right)
            {
                return (low + ((high - low) * (validation - left) / (right - left)), from && to);
            }
        }

        return null;
    }

    /// <summary>Without points that another one equals or beats in both accuracies.</summary>
    internal static IReadOnlyList<(double Validation, double Attack, bool Own)> Best(IEnumerable<(double Validation, double Attack, bool Own)> points)
    {
        List<(double Validation, double Attack, bool Own)> best = [];
        foreach ((double Validation, double Attack, bool Own) point in points.OrderByDescending(point => point.Validation).ThenBy(point => point.Attack))
        {
            if (best.Count == 0 || point.Attack < best[^1].Attack)
            {
                best.Add(point);
            }
        }

        best.Reverse();
        return best;
    }

    private static (double Validation, double Attack, bool Own) Point(PrivacyRow row, bool own) => (row.Validation, AttackSuite.Strongest(row.Attacks).Test, own);
}
