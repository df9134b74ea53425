namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>A member is what the model answers right: 50 % plus half of the gap between training and test accuracy (Yeom et al., CSF 2018).</summary>
public sealed class GapAttack : IMembershipAttack
{
    public string Name => "gap";

    public void Fit(ModelAnswers members, ModelAnswers others)
    {
    }

    public double[] Scores(ModelAnswers answers) => [.. Enumerable.Range(0, answers.Count).Select(i => answers.IsRight(i) ? 1.0 : -1)];
}
