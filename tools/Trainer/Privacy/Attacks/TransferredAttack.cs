namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>An attack fitted on shadow models in the place of the model's own members (Shokri et al., IEEE S&amp;P 2017): it needs no frame whose membership is known.</summary>
/// <param name="attack">What is fitted.</param>
/// <param name="members">Shadow models' answers on what they learned.</param>
/// <param name="others">And on what they did not.</param>
public sealed class TransferredAttack(IMembershipAttack attack, ModelAnswers members, ModelAnswers others) : IMembershipAttack
{
    public string Name => "shadow-" + attack.Name;

    /// <summary>Takes nothing of the attacked model.</summary>
    public void Fit(ModelAnswers members1, ModelAnswers others1) => attack.Fit(members, others);

    public double[] Scores(ModelAnswers answers) => attack.Scores(answers);
}
