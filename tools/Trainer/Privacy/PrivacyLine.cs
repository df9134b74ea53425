using BcnnSim.Trainer.Comparison;
using BcnnSim.Trainer.Privacy.Attacks;

namespace BcnnSim.Trainer.Privacy;

/// <summary>Means of one contender over the seeds whose training did not blow up: guessing is no defence.</summary>
/// <param name="Contender">The knob.</param>
/// <param name="Rows">One per seed.</param>
internal sealed record PrivacyLine(PrivacyContender Contender, IReadOnlyList<PrivacyRow> Rows)
{
    public double Validation => Rows.Average(row => row.Validation);

    /// <summary>Test accuracy of the attack that was chosen on attack-train, with a 95 % t interval over seeds.</summary>
    public PairedDifference Attack => PairedDifference.Of([.. Rows.Select(row => AttackSuite.Strongest(row.Attacks).Test)]);

    /// <summary>Largest relative violation of its pruning phases; null without one.</summary>
    public double? Violation => Rows.Max(row => row.Violation);

    public static IReadOnlyList<PrivacyLine> Of(PrivacySettings settings, IReadOnlyList<PrivacyRow> rows) =>
        [.. settings.Contenders.Select(contender => new PrivacyLine(contender, [.. rows.Where(row => row.Label == contender.Label && !row.Diverged)])).Where(line => line.Rows.Count > 0)];
}
