namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>Guesses from a model's answers whether frames were trained on. Fitted on attack-train halves alone; 50 % on others is no leak.</summary>
public interface IMembershipAttack
{
    /// <summary>Column of the tables.</summary>
    string Name { get; }

    /// <summary>Learns thresholds or weights; called once, before any guess.</summary>
    void Fit(ModelAnswers members, ModelAnswers others);

    /// <summary>One number per frame, higher for a surer member; from 0 on the guess is "member". Changes nothing.</summary>
    double[] Scores(ModelAnswers answers);
}
