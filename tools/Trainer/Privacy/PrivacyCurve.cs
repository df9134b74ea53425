using BcnnSim.Trainer.Privacy.Attacks;

namespace BcnnSim.Trainer.Privacy;

/// <summary>Attack accuracy of one defence with one seed against validation accuracy, its knob turned; the undefended network is its first point.</summary>
/// <param name="Defence">Name.</param>
/// <param name="Seed">Of its rows.</param>
/// <param name="Undefended">Validation accuracy of the undefended network.</param>
/// <param name="Points">By rising validation accuracy.</param>
internal sealed record PrivacyCurve(string Defence, ulong Seed, double Undefended, IReadOnlyList<(double Validation, double Attack)> Points)
{
    /// <summary>Curves of every defence and seed whose undefended row is there.</summary>
    public static IReadOnlyList<PrivacyCurve> Of(PrivacySettings settings, IReadOnlyList<PrivacyRow> rows)
    {
        string undefended = settings.Contenders.Single(contender => contender.IsUndefended).Label;
        return
        [
            .. from defence in settings.Contenders.Where(contender => !contender.IsUndefended).GroupBy(contender => contender.Defence)
               from start in rows.Where(row => row.Label == undefended)
               let own = rows.Where(row => row.Seed == start.Seed && defence.Any(contender => contender.Label == row.Label)).ToList()
               where own.Count > 0
               select new PrivacyCurve(defence.Key, start.Seed, start.Validation, [.. own.Append(start).Select(Point).OrderBy(point => point.Validation)]),
        ];
    }

    /// <summary>Attack accuracy so much below the undefended validation accuracy, between the two points around it; null beyond the curve.</summary>
    public double? Below(double share)
    {
        double validation = Undefended - share;
        for (int i = 1; i < Points.Count; i++)
        {
            ((double left, double low), (double right, double high)) = (Points[i - 1], Points[i]);
            if (left <= validation && validation <= right)
            {
                return right > left ? low + ((high - low) * (validation - left) / (right - left)) : Math.Min(low, high);
            }
        }

        return null;
    }

    private static (double Validation, double Attack) Point(PrivacyRow row) => (row.Validation, AttackSuite.Strongest(row.Attacks).Test);
}
