namespace BcnnSim.Trainer.Privacy;

/// <summary>Attack accuracy of one defence against validation accuracy, its knob turned; the undefended network is its first point.</summary>
/// <param name="Defence">Name.</param>
/// <param name="Points">By rising validation accuracy.</param>
internal sealed record PrivacyCurve(string Defence, IReadOnlyList<(double Validation, double Attack)> Points)
{
    public static IReadOnlyList<PrivacyCurve> Of(IReadOnlyList<PrivacyLine> lines)
    {
        IEnumerable<PrivacyLine> undefended = lines.Where(line => line.Contender.IsUndefended);
        return
        [
            .. lines.Where(line => !line.Contender.IsUndefended).GroupBy(line => line.Contender.Defence).Select(defence => new PrivacyCurve(
                defence.Key, [.. undefended.Concat(defence).Select(line => (line.Validation, line.Attack.Mean)).OrderBy(point => point.Validation)])),
        ];
    }

    /// <summary>Attack accuracy at a validation accuracy, between the two points around it; null beyond the curve.</summary>
    public double? At(double validation)
    {
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
}
