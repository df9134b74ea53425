using System.Numerics;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Adam (Kingma and Ba, arXiv 1412.6980), beta 0.9 / 0.999, eps 1e-8; latent weights are clamped to +-1.3 after each step.</summary>
public sealed class Adam(IReadOnlyList<Parameter<float>> parameters) : IOptimizer
{
    private const double First = 0.9;
    private const double Second = 0.999;
    private const float Epsilon = 1e-8f;
    private readonly ParameterBlocks blocks = new(parameters);

    /// <summary>Running means of the gradients, one array per parameter.</summary>
    public float[][] Means { get; } = [.. parameters.Select(p => new float[p.Value.Length])];

    /// <summary>Running means of their squares.</summary>
    public float[][] Squares { get; } = [.. parameters.Select(p => new float[p.Value.Length])];

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    public void Step(double learningRate, WorkSplit? work = null)
    {
        Steps++;
        float rate = (float)(learningRate / (1 - Math.Pow(First, Steps)));
        float correction = (float)(1 / (1 - Math.Pow(Second, Steps)));
        blocks.Run(work, (p, first, count) => Update(parameters[p], Means[p].AsSpan(first, count), Squares[p].AsSpan(first, count), first, (rate, correction)));
    }

    public IEnumerable<(string Name, float[] Value)> Arrays() =>
        parameters.SelectMany((p, i) => new[] { ($"{p.Name}.mean", Means[i]), ($"{p.Name}.square", Squares[i]) });

    // Vectors and the rest round alike, operation by operation.
    private static void Update(Parameter<float> parameter, Span<float> means, Span<float> squares, int first, (float Rate, float Correction) factors)
    {
        (float rate, float correction) = factors;
        Span<float> value = parameter.Value.AsSpan(first, means.Length), gradient = parameter.Gradient.AsSpan(first, means.Length);
        float bound = parameter.Latent ? LatentBound.Value : float.PositiveInfinity;
        int i = 0;
        for (; i <= means.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            Vector<float> mean = ((float)First * new Vector<float>(means[i..])) + ((1 - (float)First) * g);
            Vector<float> square = ((float)Second * new Vector<float>(squares[i..])) + ((1 - (float)Second) * g * g);
            Vector<float> next = new Vector<float>(value[i..]) - (rate * mean / (Vector.SquareRoot(square * correction) + new Vector<float>(Epsilon)));
            mean.CopyTo(means[i..]);
            square.CopyTo(squares[i..]);
            LatentBound.Clamp(next, bound).CopyTo(value[i..]);
        }

        for (; i < means.Length; i++)
        {
            float g = gradient[i];
            means[i] = ((float)First * means[i]) + ((1 - (float)First) * g);
            squares[i] = ((float)Second * squares[i]) + ((1 - (float)Second) * g * g);
            value[i] = Math.Clamp(value[i] - (rate * means[i] / (MathF.Sqrt(squares[i] * correction) + Epsilon)), -bound, bound);
        }
    }
}
