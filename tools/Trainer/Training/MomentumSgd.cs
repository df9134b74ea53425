using System.Numerics;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Stochastic gradient descent with momentum 0.9: v = 0.9 v + g, w -= rate v (Polyak; the form of PyTorch, without dampening).</summary>
public sealed class MomentumSgd(IReadOnlyList<Parameter<float>> parameters) : IOptimizer
{
    private const float Momentum = 0.9f;
    private readonly ParameterBlocks blocks = new(parameters);
    private readonly float[][] velocities = [.. parameters.Select(p => new float[p.Value.Length])];

    public long Steps { get; set; }

    public void Step(double learningRate, WorkSplit? work = null)
    {
        Steps++;
        blocks.Run(work, (p, first, count) => Update(parameters[p], velocities[p].AsSpan(first, count), first, (float)learningRate));
    }

    public IEnumerable<(string Name, float[] Value)> Arrays() => parameters.Select((p, i) => ($"{p.Name}.velocity", velocities[i]));

    // Vectors and the rest round alike, operation by operation.
    private static void Update(Parameter<float> parameter, Span<float> velocity, int first, float rate)
    {
        Span<float> value = parameter.Value.AsSpan(first, velocity.Length), gradient = parameter.Gradient.AsSpan(first, velocity.Length);
        float bound = parameter.Latent ? LatentBound.Value : float.PositiveInfinity;
        int i = 0;
        for (; i <= velocity.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = (Momentum * new Vector<float>(velocity[i..])) + new Vector<float>(gradient[i..]);
            v.CopyTo(velocity[i..]);
            LatentBound.Clamp(new Vector<float>(value[i..]) - (rate * v), bound).CopyTo(value[i..]);
        }

        for (; i < velocity.Length; i++)
        {
            velocity[i] = (Momentum * velocity[i]) + gradient[i];
            value[i] = Math.Clamp(value[i] - (rate * velocity[i]), -bound, bound);
        }
    }
}
