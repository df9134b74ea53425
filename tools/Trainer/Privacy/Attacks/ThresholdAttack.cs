namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>A member is what scores at least a threshold, one for all classes or one for each (Song and Mittal, USENIX Security 2021).</summary>
public sealed class ThresholdAttack(string name, Func<ModelAnswers, int, double> score, bool perClass) : IMembershipAttack
{
    private double[] thresholds = [];

    public string Name { get; } = perClass ? name + "-by-class" : name;

    /// <summary>Confidence, entropy and modified entropy, each with one threshold and with one per class.</summary>
    public static IEnumerable<ThresholdAttack> All() =>
        from attack in new (string Name, Func<ModelAnswers, int, double> Score)[]
        {
            ("confidence", static (answers, i) => answers.Confidence(i)),
            ("entropy", static (answers, i) => answers.NegativeEntropy(i)),
            ("modified-entropy", static (answers, i) => answers.NegativeModifiedEntropy(i)),
        }
        from perClass in new[] { false, true }
        select new ThresholdAttack(attack.Name, attack.Score, perClass);

    public void Fit(ModelAnswers members, ModelAnswers others)
    {
        (double Score, bool Member, int Label)[] all = [.. Labelled(members, true), .. Labelled(others, false)];
        thresholds = [.. Enumerable.Range(0, members.Classes).Select(k => Best([.. all.Where(frame => !perClass || frame.Label == k)]))];
    }

    public double[] Scores(ModelAnswers answers) => [.. Enumerable.Range(0, answers.Count).Select(i => score(answers, i) - thresholds[answers.Labels[i]])];

    private IEnumerable<(double Score, bool Member, int Label)> Labelled(ModelAnswers answers, bool member) =>
        Enumerable.Range(0, answers.Count).Select(i => (score(answers, i), member, answers.Labels[i]));

    // The score from which on balanced accuracy is highest; the highest such score on ties, so that nothing is a member of a set without any.
    private static double Best((double Score, bool Member, int Label)[] frames)
    {
        double members = Math.Max(1, frames.Count(frame => frame.Member)), others = Math.Max(1, frames.Count(frame => !frame.Member));
        double balance = 0, best = 0, threshold = double.PositiveInfinity;
        foreach (IGrouping<double, (double Score, bool Member, int Label)> equal in frames.GroupBy(frame => frame.Score).OrderByDescending(group => group.Key))
        {
            balance += equal.Sum(frame => frame.Member ? 1 / members : -1 / others);
            if (balance > best)
            {
                (best, threshold) = (balance, equal.Key);
            }
        }

        return threshold;
    }
}
