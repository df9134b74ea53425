namespace BcnnSim.Trainer.Training;

/// <summary>Where a phase stands.</summary>
public sealed record PhaseState
{
    /// <summary>Whole epochs done.</summary>
    public int Epoch { get; init; }

    /// <summary>Steps done in the epoch that is running; 0 between epochs.</summary>
    public int Step { get; init; }

    /// <summary>Steps of the optimizer.</summary>
    public long OptimizerSteps { get; init; }

    /// <summary>Summed loss of the running epoch.</summary>
    public double LossSum { get; init; }

    /// <summary>Right answers of the running epoch.</summary>
    public long Correct { get; init; }

    /// <summary>Best validation accuracy so far.</summary>
    public double Best { get; init; }

    /// <summary>Epoch of it.</summary>
    public int BestEpoch { get; init; }

    /// <summary>Numbers of a pruning method; empty without one.</summary>
    public IReadOnlyList<double> Method { get; init; } = [];

    /// <summary>Whether the last fifth of <paramref name="epochs"/> brought no better validation accuracy (training.md section 2).</summary>
    public bool Converged(int epochs) => BestEpoch * 5 <= epochs * 4;

    /// <summary>Counters that a run can have: a file with others was not written by one.</summary>
    internal bool IsPossible =>
        Epoch >= 0 && Step >= 0 && OptimizerSteps >= 0 && !double.IsInfinity(LossSum) && Correct >= 0 && Best is >= 0 and <= 1 && BestEpoch >= 0 && BestEpoch <= Epoch;

    internal static PhaseState Read(BinaryReader reader) => new()
    {
        Epoch = reader.ReadInt32(),
        Step = reader.ReadInt32(),
        OptimizerSteps = reader.ReadInt64(),
        LossSum = reader.ReadDouble(),
        Correct = reader.ReadInt64(),
        Best = reader.ReadDouble(),
        BestEpoch = reader.ReadInt32(),
        Method = Numbers(reader),
    };

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Epoch);
        writer.Write(Step);
        writer.Write(OptimizerSteps);
        writer.Write(LossSum);
        writer.Write(Correct);
        writer.Write(Best);
        writer.Write(BestEpoch);
        writer.Write(Method.Count);
        foreach (double number in Method)
        {
            writer.Write(number);
        }
    }

    // Grows by what is there, never by the count alone.
    private static List<double> Numbers(BinaryReader reader)
    {
        var numbers = new List<double>();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            numbers.Add(reader.ReadDouble());
        }

        return numbers;
    }
}
