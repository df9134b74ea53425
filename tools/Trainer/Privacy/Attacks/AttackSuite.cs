using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>
/// Every attack on one model. Members and others are halved: thresholds, weights and the choice of the strongest attack use the first halves
/// alone (training.md section 6). Attacks are fitted on four fifths of these and chosen by the last fifth: one that learned its frames by heart would win on them.
/// </summary>
public static class AttackSuite
{
    /// <summary>The attack that needs an attacker's models of the very frames it is asked about.</summary>
    public const string LikelihoodRatioName = "lira";

    private const int Resamples = 1000;

    /// <param name="members">Answers on D.</param>
    /// <param name="others">Answers on as many frames that were not trained on.</param>
    /// <param name="seed">Of the trained attack and of the bootstrap.</param>
    /// <param name="shadows">Shadow models' answers on what they learned and on what they did not; null leaves their attacks out.</param>
    public static IReadOnlyList<AttackResult> Run(ModelAnswers members, ModelAnswers others, ulong seed, (ModelAnswers Members, ModelAnswers Others)? shadows = null) =>
        [.. All(members, others, seed, shadows).Select(attack => Run(attack, new(members), new(others), seed))];

    /// <summary>One of them.</summary>
    public static AttackResult Run(string name, ModelAnswers members, ModelAnswers others, ulong seed, (ModelAnswers Members, ModelAnswers Others)? shadows = null) =>
        Run(All(members, others, seed, shadows).First(attack => attack.Name == name), new(members), new(others), seed);

    /// <summary>Of highest <see cref="AttackResult.Choice"/>, the first on ties.</summary>
    public static AttackResult Strongest(IReadOnlyList<AttackResult> results) => results.MaxBy(result => result.Choice)!;

    /// <summary>The one that finds most members on attack-train while it is hardly wrong, the first on ties; null where none was measured.</summary>
    public static AttackResult? Surest(IReadOnlyList<AttackResult> results) => results.Where(result => result.TruePositives is not null).MaxBy(result => result.TruePositives!.Choice);

    private static IEnumerable<IMembershipAttack> All(ModelAnswers members, ModelAnswers others, ulong seed, (ModelAnswers Members, ModelAnswers Others)? shadows)
    {
        int classes = members.Classes;
        IMembershipAttack[] ratio = members.LikelihoodRatios is null || others.LikelihoodRatios is null ? [] : [new ThresholdAttack(LikelihoodRatioName, static (answers, i) => answers.LikelihoodRatios![i], perClass: false)];
        IMembershipAttack[] transferred = shadows is not { } models ? [] :
        [
            .. ThresholdAttack.All().Append<IMembershipAttack>(new NetworkAttack(classes, seed)).Select(attack => new TransferredAttack(attack, models.Members, models.Others)),
        ];
        return [new GapAttack(), .. ThresholdAttack.All(), new NetworkAttack(classes, seed), .. ratio, .. transferred];
    }

    private static AttackResult Run(IMembershipAttack attack, AttackParts members, AttackParts others, ulong seed)
    {
        attack.Fit(members.Fit, others.Fit);
        double[] inChoice = attack.Scores(members.Choice), outChoice = attack.Scores(others.Choice), inTest = attack.Scores(members.Test), outTest = attack.Scores(others.Test);
        bool[] inside = Guesses(inTest), outside = Guesses(outTest);
        (double low, double high) = Interval(inside, outside, new SeededStream(seed, $"bootstrap {attack.Name}"));
        return new(attack.Name, Balanced(Guesses(inChoice), Guesses(outChoice)), Balanced(inside, outside), low, high)
        {
            TruePositives = outTest.Length < TruePositives.LeastNonMembers ? null : new(TruePositives.At(inChoice, outChoice), TruePositives.At(inTest, outTest)),
        };
    }

    private static bool[] Guesses(double[] scores) => Array.ConvertAll(scores, score => score >= 0);

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
