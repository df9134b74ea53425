namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>Disjoint parts of one side's answers; sets are in random order (<see cref="MembershipSplit"/>), so parts are random too.</summary>
internal sealed class AttackParts(ModelAnswers answers)
{
    private readonly int half = answers.Count / 2;
    private readonly int fit = answers.Count * 2 / 5;

    /// <summary>Four fifths of the first half.</summary>
    public ModelAnswers Fit => answers.Part(0, fit);

    /// <summary>The rest of it.</summary>
    public ModelAnswers Choice => answers.Part(fit, half - fit);

    /// <summary>The second half.</summary>
    public ModelAnswers Test => answers.Part(half, answers.Count - half);
}
