namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>
/// Share of members found while at most 1 % of the non-members are called members (Carlini et al., IEEE S&amp;P 2022): an average hides an attack
/// that is sure of a few.
/// </summary>
/// <param name="Choice">On the fifth of attack-train that the attack was not fitted on.</param>
/// <param name="Test">On the test halves.</param>
public sealed record TruePositives(double Choice, double Test)
{
    /// <summary>Fewer non-members say nothing about one in a hundred of them (training.md section 6).</summary>
    public const int LeastNonMembers = 5000;

    private const double FalsePositives = 0.01;

    /// <summary>The largest share of <paramref name="members"/> whose scores lie above those of all but 1 % of the <paramref name="others"/>.</summary>
    public static double At(double[] members, double[] others)
    {
        // The first score that may not be passed: frames that score as high as it are out, or it would be passed with them.
        double[] falling = [.. others.OrderDescending()];
        double bar = falling[(int)(FalsePositives * others.Length)];
        return members.Average(score => score > bar ? 1.0 : 0);
    }
}
