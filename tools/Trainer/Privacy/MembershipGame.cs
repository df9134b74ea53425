using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>
/// min over W max over h of L_D(W) + lambda G(W, h), G = 1/2 E_D[log h] + 1/2 E_D'[log(1 - h)] (MCMIA, Wang et al., arXiv 2008.13578): h tells members from
/// reference frames by the network's logits; the network's step adds the gradient of lambda G through its members, and through the reference frames where both terms are asked for. Every fifth frame of D and D' is
/// kept from h, to see whether what it learned holds for others.
/// </summary>
public sealed class MembershipGame : IDisposable
{
    /// <summary>h learns nothing of the frames whose index is a multiple of it.</summary>
    public const int HeldOut = 5;

    // h is held away from 0 and 1 by it.
    private const double Least = 1e-6;

    private readonly GameSettings settings;
    private readonly double lambda;
    private readonly FrameStore reference;
    private readonly ulong seed;
    private readonly AttackNetwork<float> attacker;
    private readonly Adam optimizer;
    private readonly FeatureBatch<float> input;
    private readonly List<GameEpoch> epochs = [];
    private readonly GameTally tally = new();
    private int[] order = [];
    private int at;
    private ulong round;

    /// <param name="settings">Of the game.</param>
    /// <param name="lambda">Weight of G.</param>
    /// <param name="reference">D'.</param>
    /// <param name="batch">Of the network.</param>
    /// <param name="seed">Start of h and the order of D'.</param>
    public MembershipGame(GameSettings settings, double lambda, FrameStore reference, int batch, ulong seed)
    {
        (this.settings, this.lambda, this.reference, this.seed) = (settings, lambda, reference, seed);
        attacker = new(reference.Classes, seed, "game");
        optimizer = new(attacker.Parameters());
        input = new(batch, reference.Shape);
    }

    public IReadOnlyList<GameEpoch> Epochs => epochs;

    /// <summary>h alone, on the network as it is.</summary>
    public void WarmUp(INetwork net, FrameStore members, WorkSplit work)
    {
        var labels = new int[net.Batch];
        for (int epoch = 0; epoch < settings.WarmUpEpochs; epoch++)
        {
            int[] frames = new SeededStream(seed, "warm-up", (ulong)epoch).Permutation(members.Count);
            for (int first = 0; first + net.Batch <= frames.Length; first += net.Batch)
            {
                GameSide others = Reference(net, work);
                int[] indices = frames[first..(first + net.Batch)];
                members.Load(indices, input, labels, work: work);
                Ascend(new(indices, net.Forward(input, false, work), [.. labels]), others);
            }

            EndEpoch("warm-up", epoch + 1);
        }
    }

    /// <summary>Reference frames as the network answers them now; before the forward pass of the members, whose maps it would overwrite.</summary>
    public GameSide Reference(INetwork net, WorkSplit work)
    {
        int[] indices = [.. Enumerable.Range(0, net.Batch).Select(_ => Next())];
        var labels = new int[net.Batch];
        reference.Load(indices, input, labels, work: work);
        return new(indices, net.Forward(input, false, work), labels);
    }

    /// <summary>Steps of h on both sides, then d(lambda G)/d(logits) of the members is added to <paramref name="gradient"/>.</summary>
    public void Play(GameSide members, GameSide others, Span<float> gradient)
    {
        for (int step = 0; step < settings.AttackSteps; step++)
        {
            Ascend(members, others);
        }

        float[] through = Through(members, member: true);
        for (int i = 0; i < through.Length; i++)
        {
            gradient[i] += through[i];
        }
    }

    /// <summary>
    /// Behind <see cref="Play"/> and the backward pass of the members: adds the gradient of lambda G through the reference frames to that of every parameter,
    /// where both terms are asked for. Runs the network once more, on the frames that <see cref="Reference"/> took last.
    /// </summary>
    public void AddReferenceTerm(INetwork net, GameSide others, WorkSplit work)
    {
        if (!settings.BothTerms)
        {
            return;
        }

        IReadOnlyList<Parameter<float>> parameters = net.Parameters();
        float[][] kept = [.. parameters.Select(parameter => (float[])parameter.Gradient.Clone())];
        float[] logits = net.Forward(input, true, work);
        net.Backward(input, Through(others with { Logits = logits }, member: false), work);
        foreach ((Parameter<float> parameter, float[] before) in parameters.Zip(kept))
        {
            for (int i = 0; i < before.Length; i++)
            {
                parameter.Gradient[i] += before[i];
            }
        }
    }

    public void EndEpoch(string phase, int epoch) => epochs.Add(tally.Take(phase, epoch));

    public void Dispose() => input.Dispose();

    /// <summary>Value of one answer, and of a whole batch the mean of these over both sides is G.</summary>
    internal double Value(double z, bool member)
    {
        double h = Sigmoid(member ? z : -z); // of what would be right
        return settings.Loss == GameLoss.Log ? Math.Log(Math.Clamp(h, Least, 1 - Least)) : -(1 - h) * (1 - h);
    }

    /// <summary>Mean value of the members' answers, as h is now.</summary>
    internal double MembersValue(GameSide members) => SideValue(members, member: true);

    /// <summary>The same of one side.</summary>
    internal double SideValue(GameSide side, bool member) => attacker.Forward(side.Logits, side.Labels).Average(z => Value(z, member));

    /// <summary>Derivative of <see cref="Value"/> by z.</summary>
    internal double Slope(double z, bool member)
    {
        double h = Sigmoid(member ? z : -z);
        double slope = settings.Loss == GameLoss.Log ? (h is < Least or > 1 - Least ? 0 : 1 - h) : 2 * (1 - h) * h * (1 - h);
        return member ? slope : -slope;
    }

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

    // d(lambda G)/d(logits) of one side.
    private float[] Through(GameSide side, bool member)
    {
        float[] z = attacker.Forward(side.Logits, side.Labels);
        return attacker.Backward([.. z.Select(value => (float)(lambda * Slope(value, member) / (2 * z.Length)))]);
    }

    // Up G: the optimizer goes down.
    private void Ascend(GameSide members, GameSide others)
    {
        float[] z = attacker.Forward([.. members.Logits, .. others.Logits], [.. members.Labels, .. others.Labels]);
        int split = members.Labels.Length;
        var gradient = new float[z.Length];
        for (int i = 0; i < z.Length; i++)
        {
            bool member = i < split;
            bool learned = (member ? members.Indices[i] : others.Indices[i - split]) % HeldOut != 0;
            tally.Add(member, learned, z[i] > 0 == member, Value(z[i], member));
            gradient[i] = learned ? (float)(-Slope(z[i], member) / z.Length) : 0;
        }

        _ = attacker.Backward(gradient);
        optimizer.Step(settings.LearningRate);
    }

    private int Next()
    {
        if (at == order.Length)
        {
            order = new SeededStream(seed, "reference", round++).Permutation(reference.Count);
            at = 0;
        }

        return order[at++];
    }
}
