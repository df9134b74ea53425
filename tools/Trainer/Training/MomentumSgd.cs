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

    private static void Update(Parameter<float> parameter, float[] velocity, float rate)
    {
        const float Bound = (float)NormActivation<float>.Bound;
        for (int i = 0; i < velocity.Length; i++)
        {
            velocity[i] = (Momentum * velocity[i]) + parameter.Gradient[i];
            float next = parameter.Value[i] - (rate * velocity[i]);
            parameter.Value[i] = parameter.Latent ? Math.Clamp(next, -Bound, Bound) : next;
        }
    }
}
