using System.Numerics;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Stochastic gradient descent with momentum 0.9: v = 0.9 v + g, w -= rate v (Polyak; the form of PyTorch, without dampening).</summary>
public sealed class MomentumSgd(IReadOnlyList<Parameter<float>> parameters) : IOptimizer
{
    private const float Momentum = 0.9f;
    private readonly float[][] velocities = [.. parameters.Select(p => new float[p.Value.Length])];

    public long Steps { get; set; }

    public void Step(double learningRate)
    {
        Steps++;
        for (int p = 0; p < parameters.Count; p++)
        {
            Update(parameters[p], velocities[p], (float)learningRate);
        }
    }

    public IEnumerable<(string Name, float[] Value)> Arrays() => parameters.Select((p, i) => ($"{p.Name}.velocity", velocities[i]));

    // Vectors and the rest round alike, operation by operation.
    private static void Update(Parameter<float> parameter, float[] velocity, float rate)
    {
        float[] value = parameter.Value, gradient = parameter.Gradient;
        float bound = parameter.Latent ? LatentBound.Value : float.PositiveInfinity;
        int i = 0;
        for (; i <= velocity.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = (Momentum * new Vector<float>(velocity, i)) + new Vector<float>(gradient, i);
            v.CopyTo(velocity, i);
            LatentBound.Clamp(new Vector<float>(value, i) - (rate * v), bound).CopyTo(value, i);
        }

        for (; i < velocity.Length; i++)
        {
            velocity[i] = (Momentum * velocity[i]) + gradient[i];
            value[i] = Math.Clamp(value[i] - (rate * velocity[i]), -bound, bound);
        }
    }
}
