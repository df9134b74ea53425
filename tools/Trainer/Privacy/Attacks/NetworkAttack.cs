using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>The attacker of the game, trained anew on attack-train answers: a defence must hold against an h that it has not played with.</summary>
public sealed class NetworkAttack(int classes, ulong seed) : IMembershipAttack
{
    internal const int Batch = 128;
    internal const int Epochs = 20;

    private const double LearningRate = 0.0003;

    private readonly AttackNetwork<float> network = new(classes, seed, "fresh");

    public string Name => "network";

    public void Fit(ModelAnswers members, ModelAnswers others)
    {
        var optimizer = new Adam(network.Parameters());
        ModelAnswers[] sides = [members, others];
        int count = members.Count + others.Count;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            int[] order = new SeededStream(seed, "attack order", (ulong)epoch).Permutation(count);
            for (int first = 0; first < count; first += Batch)
            {
                Step(sides, [.. order[first..Math.Min(count, first + Batch)].Select(i => i < members.Count ? (0, i) : (1, i - members.Count))], optimizer);
            }
        }
    }

    public double[] Scores(ModelAnswers answers)
    {
        var scores = new List<double>(answers.Count);
        for (int first = 0; first < answers.Count; first += Batch)
        {
            ModelAnswers part = answers.Part(first, Math.Min(Batch, answers.Count - first));
            scores.AddRange(network.Forward(part.Logits, part.Labels).Select(z => (double)z));
        }

        return [.. scores];
    }

    /// <summary>For an estimate of its time: steps on one batch, every frame of it a member.</summary>
    internal void Learn(ModelAnswers batch, int steps)
    {
        var optimizer = new Adam(network.Parameters());
        for (int step = 0; step < steps; step++)
        {
            Step([batch], [.. Enumerable.Range(0, batch.Count).Select(i => (0, i))], optimizer);
        }
    }

    // Cross-entropy of "member".
    private void Step(ModelAnswers[] sides, (int Side, int Index)[] frames, Adam optimizer)
    {
        var logits = new float[frames.Length * classes];
        for (int n = 0; n < frames.Length; n++)
        {
            sides[frames[n].Side].Logits.AsSpan(frames[n].Index * classes, classes).CopyTo(logits.AsSpan(n * classes));
        }

        float[] z = network.Forward(logits, [.. frames.Select(frame => sides[frame.Side].Labels[frame.Index])]);
        _ = network.Backward([.. z.Select((value, n) => ((1 / (1 + MathF.Exp(-value))) - (frames[n].Side == 0 ? 1 : 0)) / z.Length)]);
        optimizer.Step(LearningRate);
    }
}
