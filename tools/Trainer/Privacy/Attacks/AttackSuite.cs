using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>
/// Every attack on one model. Members and others are halved: thresholds, weights and the choice of the strongest attack use the first halves
/// alone (training.md section 6). Attacks are fitted on four fifths of these and chosen by the last fifth: one that learned its frames by heart would win on them.
/// </summary>
public static class AttackSuite
{
    private const int Resamples = 1000;

    /// <param name="members">Answers on D.</param>
    /// <param name="others">Answers on as many frames that were not trained on.</param>
    /// <param name="seed">Of the trained attack and of the bootstrap.</param>
    public static IReadOnlyList<AttackResult> Run(ModelAnswers members, ModelAnswers others, ulong seed) =>
        [.. All(members.Classes, seed).Select(attack => Run(attack, new(members), new(others), seed))];

    /// <summary>One of them.</summary>
    public static AttackResult Run(string name, ModelAnswers members, ModelAnswers others, ulong seed) =>
        Run(All(members.Classes, seed).First(attack => attack.Name == name), new(members), new(others), seed);

    /// <summary>Of highest <see cref="AttackResult.Choice"/>, the first on ties.</summary>
    public static AttackResult Strongest(IReadOnlyList<AttackResult> results) => results.MaxBy(result => result.Choice)!;

    private static IEnumerable<IMembershipAttack> All(int classes, ulong seed) => [new GapAttack(), .. ThresholdAttack.All(), new NetworkAttack(classes, seed)];

    private static AttackResult Run(IMembershipAttack attack, AttackParts members, AttackParts others, ulong seed)
    {
        attack.Fit(members.Fit, others.Fit);
        double choice = Balanced(attack.Guesses(members.Choice), attack.Guesses(others.Choice));
        bool[] inside = attack.Guesses(members.Test), outside = attack.Guesses(others.Test);
        (double low, double high) = Interval(inside, outside, new SeededStream(seed, $"bootstrap {attack.Name}"));
        return new(attack.Name, choice, Balanced(inside, outside), low, high);
    }

    // Sets are in random order (MembershipSplit), so halves are random too.
    private static double Balanced(bool[] members, bool[] others) => (members.Average(guess => guess ? 1.0 : 0) + others.Average(guess => guess ? 0 : 1.0)) / 2;

    private static (double Low, double High) Interval(bool[] members, bool[] others, SeededStream stream)
    {
        double[] found = [.. Enumerable.Range(0, Resamples).Select(_ => Balanced(Drawn(members, stream), Drawn(others, stream))).Order()];
        return (found[(int)(0.025 * Resamples)], found[(int)(0.975 * Resamples) - 1]);
    }

    private static bool[] Drawn(bool[] guesses, SeededStream stream)
    {
        var drawn = new bool[guesses.Length];
        for (int i = 0; i < drawn.Length; i++)
        {
            drawn[i] = guesses[(int)(stream.NextDouble() * guesses.Length)];
        }

        return drawn;
    }
}
