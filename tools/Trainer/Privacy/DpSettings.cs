namespace BcnnSim.Trainer.Privacy;

/// <summary>Differentially private SGD (Abadi et al., CCS 2016) of the contenders with a noise of their own.</summary>
public sealed record DpSettings
{
    /// <summary>Largest norm of one frame's gradient over all parameters, C.</summary>
    public required double Clip { get; init; }

    /// <summary>Expected frames of a step; each member is drawn with the chance of it over the members.</summary>
    public required int Batch { get; init; }

    /// <summary>As many steps as these epochs of expected batches.</summary>
    public required int Epochs { get; init; }

    /// <summary>Of plain momentum SGD.</summary>
    public required double LearningRate { get; init; }

    public required double Delta { get; init; }

    /// <summary>Chance of a member to be in a step.</summary>
    public double Rate(int members) => Math.Min(1, (double)Batch / members);

    public int Steps(int members) => (int)Math.Ceiling((double)Epochs * members / Batch);
}
