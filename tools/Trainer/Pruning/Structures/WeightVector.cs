using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Pruning.Structures;

/// <summary>The prunable weights of all layers as one vector: [layer][part][weight], one part (real) or two (re, im).</summary>
public sealed class WeightVector(IReadOnlyList<float[][]> layers)
{
    public IReadOnlyList<float[][]> Layers { get; } = layers;

    /// <summary>The live weights of a network: what is written here, the network has after its refresh.</summary>
    public static WeightVector Of(INetwork net) => new([.. net.Prunable.Select(layer => layer.Parts)]);

    /// <summary>The live gradients.</summary>
    public static WeightVector GradientsOf(INetwork net) => new([.. net.Prunable.Select(layer => layer.Gradients)]);

    /// <summary>The same live numbers of some layers; the others keep their place, empty, and have no part in any sum.</summary>
    public WeightVector Only(IReadOnlySet<int> layers) => new([.. Layers.Select((parts, layer) => layers.Contains(layer) ? parts : [])]);

    /// <summary>Sum over layers of the Frobenius norms of a - b, the norm of the step rules of SLR.</summary>
    public static double Distance(WeightVector a, WeightVector b) =>
        a.Layers.Zip(b.Layers).Sum(pair => Math.Sqrt(Squared(pair.First, pair.Second)));

    /// <summary>||a - b||^2 over everything.</summary>
    public static double SquaredDistance(WeightVector a, WeightVector b) => a.Layers.Zip(b.Layers).Sum(pair => Squared(pair.First, pair.Second));

    /// <summary>tr(c^T (a - b)).</summary>
    public static double Product(WeightVector c, WeightVector a, WeightVector b)
    {
        double sum = 0;
        a.Each((layer, part, i) => sum += (double)c.Layers[layer][part][i] * ((double)a.Layers[layer][part][i] - b.Layers[layer][part][i]));
        return sum;
    }

    /// <summary>Sum over layers of the Frobenius norms.</summary>
    public double Norm() => Layers.Sum(parts => Math.Sqrt(parts.Sum(part => part.Sum(x => (double)x * x))));

    public WeightVector Clone() => new([.. Layers.Select(parts => parts.Select(part => (float[])part.Clone()).ToArray())]);

    public WeightVector Zeros() => new([.. Layers.Select(parts => parts.Select(part => new float[part.Length]).ToArray())]);

    public void CopyFrom(WeightVector other)
    {
        for (int layer = 0; layer < Layers.Count; layer++)
        {
            for (int part = 0; part < Layers[layer].Length; part++)
            {
                other.Layers[layer][part].CopyTo(Layers[layer][part], 0);
            }
        }
    }

    /// <summary>this += scale (a - b).</summary>
    public void AddDifference(double scale, WeightVector a, WeightVector b) =>
        Each((layer, part, i) => Layers[layer][part][i] += (float)(scale * ((double)a.Layers[layer][part][i] - b.Layers[layer][part][i])));

    /// <summary>this += scale a.</summary>
    public void Add(double scale, WeightVector a) => Each((layer, part, i) => Layers[layer][part][i] += (float)(scale * a.Layers[layer][part][i]));

    public void Scale(double factor) => Each((layer, part, i) => Layers[layer][part][i] *= (float)factor);

    /// <summary>Named arrays, for checkpoints.</summary>
    public IEnumerable<(string Name, float[] Value)> Arrays(string name) =>
        Layers.SelectMany((parts, layer) => parts.Select((value, part) => ($"{name}.{layer + 1}.{part}", value)));

    private static double Squared(float[][] a, float[][] b)
    {
        double sum = 0;
        for (int part = 0; part < a.Length; part++)
        {
            for (int i = 0; i < a[part].Length; i++)
            {
                double d = (double)a[part][i] - b[part][i];
                sum += d * d;
            }
        }

        return sum;
    }

    private void Each(Action<int, int, int> action)
    {
        for (int layer = 0; layer < Layers.Count; layer++)
        {
            for (int part = 0; part < Layers[layer].Length; part++)
            {
                for (int i = 0; i < Layers[layer][part].Length; i++)
                {
                    action(layer, part, i);
                }
            }
        }
    }
}
