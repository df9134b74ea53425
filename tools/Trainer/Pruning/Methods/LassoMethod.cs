using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>f + lambda sum |w| over single weights (real and imaginary parts apart), whatever the structure: the oldest static baseline.</summary>
public sealed class LassoMethod(double lambda) : IPruningMethod
{
    private PruningProblem? problem;

    public string Name => "l1";

    public double[] Numbers { get; set; } = [];

    public void Begin(PruningProblem problem, WeightVector weights) => this.problem = problem;

    public void AddGradient(WeightVector weights, WeightVector gradients)
    {
        foreach (int layer in problem!.Layers)
        {
            for (int part = 0; part < weights.Layers[layer].Length; part++)
            {
                (float[] value, float[] gradient) = (weights.Layers[layer][part], gradients.Layers[layer][part]);
                for (int i = 0; i < value.Length; i++)
                {
                    gradient[i] += (float)lambda * Math.Sign(value[i]);
                }
            }
        }
    }

    public PruningIteration EndEpoch(int epoch, int epochs, WeightVector weights, Func<double> loss) =>
        new(epoch, null, WeightVector.Distance(weights, problem!.Project(weights)) / Math.Max(weights.Norm(), double.Epsilon), lambda);

    public IEnumerable<(string Name, float[] Value)> Arrays() => [];
}
