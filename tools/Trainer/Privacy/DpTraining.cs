using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>
/// Training by private steps: Poisson-drawn members, the gradient of each clipped to norm C, their sum plus N(0, sigma^2 C^2) on every number, divided
/// by the expected batch. The network must not mix frames: bias in the place of batch norm. The noise is that of a seeded stream, so that a
/// row can be repeated: good for a study, not for a release.
/// </summary>
public sealed class DpTraining : IDisposable
{
    private readonly DpSettings settings;
    private readonly double sigma;
    private readonly FrameStore members;
    private readonly INetwork net;
    private readonly WorkSplit work;
    private readonly MomentumSgd optimizer;
    private readonly IReadOnlyList<Parameter<float>> parameters;
    private readonly FeatureBatch<float> input;
    private readonly float[] gradient;
    private readonly double[][] sums;
    private readonly SeededStream draws;
    private readonly SeededStream noise;
    private int steps;

    /// <param name="settings">Clip, batch, length.</param>
    /// <param name="sigma">Noise over clip.</param>
    /// <param name="members">D.</param>
    /// <param name="net">Starts from its present weights.</param>
    /// <param name="seed">Of draws and noise.</param>
    /// <param name="work">Threads.</param>
    public DpTraining(DpSettings settings, double sigma, FrameStore members, INetwork net, ulong seed, WorkSplit work)
    {
        (this.settings, this.sigma, this.members, this.net, this.work) = (settings, sigma, members, net, work);
        parameters = net.Parameters();
        optimizer = new(parameters);
        input = new(net.Batch, net.Shape.Input);
        gradient = new float[members.Classes];
        sums = [.. parameters.Select(parameter => new double[parameter.Value.Length])];
        (draws, noise) = (new(seed, "private draws"), new(seed, "private noise"));
    }

    /// <summary>Spent by all steps of <see cref="Run"/>.</summary>
    public double Epsilon => RdpAccountant.Epsilon(settings.Rate(members.Count), sigma, settings.Steps(members.Count), settings.Delta);

    /// <summary>False when stopped.</summary>
    public bool Run(CancellationToken stop)
    {
        for (int step = 0; step < settings.Steps(members.Count); step++)
        {
            if (stop.IsCancellationRequested)
            {
                return false;
            }

            Step(Drawn());
        }

        return true;
    }

    public void Dispose() => input.Dispose();

    /// <summary>Every member by its own chance, so that a step may have none or many.</summary>
    internal IReadOnlyList<int> Drawn() => [.. Enumerable.Range(0, members.Count).Where(_ => draws.NextDouble() < settings.Rate(members.Count))];

    /// <summary>One step on given members.</summary>
    internal void Step(IReadOnlyList<int> drawn)
    {
        Release(drawn);
        optimizer.Step(settings.LearningRate, work);
        net.Refresh(work);
        steps++;
        if (parameters.FirstOrDefault(parameter => parameter.Value.Any(value => !float.IsFinite(value))) is { } blown)
        {
            throw new DivergenceException($"private step {steps}", blown.Name, "a number that is not finite", "training must stay finite", "Lower dp.learningRate, or dp.clip");
        }
    }

    /// <summary>Leaves the noisy mean of clipped gradients in the parameters' gradients: all that a step lets out about its members.</summary>
    internal void Release(IReadOnlyList<int> drawn)
    {
        foreach (double[] sum in sums)
        {
            Array.Clear(sum);
        }

        foreach (int member in drawn)
        {
            AddClipped(member);
        }

        for (int p = 0; p < sums.Length; p++)
        {
            float[] released = parameters[p].Gradient;
            for (int i = 0; i < released.Length; i++)
            {
                released[i] = (float)((sums[p][i] + (sigma * settings.Clip * noise.NextNormal())) / settings.Batch);
            }
        }
    }

    private void AddClipped(int member)
    {
        Span<int> label = stackalloc int[1];
        members.Load([member], input, label, work: work);
        _ = SoftmaxLoss.Evaluate(net.Forward(input, true, work), label, members.Classes, gradient);
        net.Backward(input, gradient, work);
        double norm = Math.Sqrt(parameters.Sum(parameter => parameter.Gradient.Sum(g => (double)g * g)));
        if (!double.IsFinite(norm))
        {
            return; // a frame whose gradient is no number gives none: that too is bounded by the clip, and the weights say whether training blew up
        }

        double factor = Math.Min(1, settings.Clip / Math.Max(norm, double.Epsilon));
        for (int p = 0; p < sums.Length; p++)
        {
            float[] own = parameters[p].Gradient;
            for (int i = 0; i < own.Length; i++)
            {
                sums[p][i] += factor * own[i];
            }
        }
    }
}
