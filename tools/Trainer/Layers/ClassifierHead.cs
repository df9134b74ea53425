using System.Numerics;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// Real classifier on the features, optionally through ReLU, averaged over the map: z = W f, batch norm per class over the batch
/// (z - mean)/sqrt(var + 1e-5), times gain, plus shift. All pieces are linear at evaluation and merge at export.
/// Small (K x 2C per image), so it runs on one thread.
/// </summary>
public sealed unsafe class ClassifierHead<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public const double Epsilon = 1e-5;

    private readonly MapShape shape;
    private readonly bool relu;
    private T[] features = [];
    private T[] hats = [];
    private T[] inverse = [];

    /// <param name="shape">Of the last map.</param>
    /// <param name="classes">K.</param>
    /// <param name="relu">Features pass a ReLU before the average.</param>
    /// <param name="parts">2 of complex maps, 1 of real ones.</param>
    /// <param name="norm">Without it logits = W f + shift, and shift is all that is trained beside W.</param>
    public ClassifierHead(MapShape shape, int classes, bool relu = false, int parts = 2, bool norm = true)
    {
        this.shape = shape;
        this.relu = relu;
        Classes = classes;
        HasNorm = norm;
        Features = parts * shape.Channels;
        Weight = new T[classes * Features];
        WeightGradient = new T[classes * Features];
        Gain = new T[classes];
        Array.Fill(Gain, T.One);
        RunningVariance = (T[])Gain.Clone();
        Shift = new T[classes];
        RunningMean = new T[classes];
        BatchMean = new T[classes];
        BatchVariance = new T[classes];
        GainGradient = new T[classes];
        ShiftGradient = new T[classes];
    }

    public int Classes { get; }

    /// <summary>Batch norm of the logits.</summary>
    public bool HasNorm { get; }

    /// <summary>2C: real features, then imaginary; C of real maps.</summary>
    public int Features { get; }

    /// <summary>[K, 2C].</summary>
    public T[] Weight { get; }

    public T[] WeightGradient { get; }

    public T[] Gain { get; }

    public T[] GainGradient { get; }

    public T[] Shift { get; }

    public T[] ShiftGradient { get; }

    public T[] RunningMean { get; }

    public T[] RunningVariance { get; }

    public T[] BatchMean { get; }

    public T[] BatchVariance { get; }

    /// <summary>Features averaged over the map, [image][2C], of the last batch.</summary>
    public ReadOnlySpan<T> AveragedFeatures => features;

    /// <summary>
    /// Leaves logits = W f + shift: the norm is the identity to the bit, by mean 0, a variance beside which epsilon vanishes even in
    /// double precision, and its root as gain.
    /// </summary>
    public void BypassNorm()
    {
        Array.Clear(RunningMean);
        Array.Fill(RunningVariance, T.ScaleB(T.One, 60));
        Array.Fill(Gain, T.ScaleB(T.One, 30));
    }

    /// <summary>Logits [image][class].</summary>
    public T[] Forward(FeatureBatch<T> x, bool training)
    {
        features = Average(x);
        var z = new T[x.Count * Classes];
        for (int n = 0; n < x.Count; n++)
        {
            for (int k = 0; k < Classes; k++)
            {
                z[(n * Classes) + k] = Dot(features.AsSpan(n * Features, Features), Weight.AsSpan(k * Features, Features));
            }
        }

        return HasNorm ? Normalise(z, x.Count, training) : Shifted(z);
    }

    /// <summary>Sets gradients; dx is the gradient of the features' map <paramref name="x"/>.</summary>
    public void Backward(T[] dlogits, FeatureBatch<T> x, FeatureBatch<T> dx)
    {
        int count = x.Count;
        dx.Count = count;
        T[] dz = HasNorm ? BackwardNorm(dlogits, count) : BackwardShift(dlogits, count);
        Array.Clear(WeightGradient);
        T scale = T.One / T.CreateChecked(shape.Pixels);
        var row = new T[Features];
        for (int n = 0; n < count; n++)
        {
            Array.Clear(row);
            for (int k = 0; k < Classes; k++)
            {
                T d = dz[(n * Classes) + k];
                for (int f = 0; f < Features; f++)
                {
                    WeightGradient[(k * Features) + f] += d * features[(n * Features) + f];
                    row[f] += d * Weight[(k * Features) + f] * scale;
                }
            }

            for (int p = 0; p < shape.Pixels; p++)
            {
                Spread(row, x.Image(n) + (p * Features), dx.Image(n) + (p * Features));
            }
        }
    }

    private void Spread(T[] row, T* x, T* dx)
    {
        for (int f = 0; f < row.Length; f++)
        {
            dx[f] = relu && x[f] <= T.Zero ? T.Zero : row[f];
        }
    }

    private static T Dot(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
    {
        T sum = T.Zero;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private T[] Average(FeatureBatch<T> x)
    {
        var result = new T[x.Count * Features];
        T scale = T.One / T.CreateChecked(shape.Pixels);
        for (int n = 0; n < x.Count; n++)
        {
            Span<T> row = result.AsSpan(n * Features, Features);
            for (int p = 0; p < shape.Pixels; p++)
            {
                for (int f = 0; f < Features; f++)
                {
                    T value = x.Image(n)[(p * Features) + f];
                    row[f] += relu && value < T.Zero ? T.Zero : value;
                }
            }

            foreach (ref T value in row)
            {
                value *= scale;
            }
        }

        return result;
    }

    private T[] Shifted(T[] z)
    {
        for (int i = 0; i < z.Length; i++)
        {
            z[i] += Shift[i % Classes];
        }

        return z;
    }

    private T[] BackwardShift(T[] dlogits, int count)
    {
        Array.Clear(ShiftGradient);
        for (int i = 0; i < count * Classes; i++)
        {
            ShiftGradient[i % Classes] += dlogits[i];
        }

        return dlogits;
    }

    private T[] Normalise(T[] z, int count, bool training)
    {
        if (training)
        {
            TakeStatistics(z, count);
        }

        inverse = Array.ConvertAll(training ? BatchVariance : RunningVariance, v => T.One / T.Sqrt(v + T.CreateChecked(Epsilon)));
        T[] mean = training ? BatchMean : RunningMean;
        hats = new T[z.Length];
        var logits = new T[z.Length];
        for (int i = 0; i < z.Length; i++)
        {
            int k = i % Classes;
            hats[i] = (z[i] - mean[k]) * inverse[k];
            logits[i] = (hats[i] * Gain[k]) + Shift[k];
        }

        return logits;
    }

    private void TakeStatistics(T[] z, int count)
    {
        T n = T.CreateChecked(count), keep = T.CreateChecked(0.9), take = T.CreateChecked(0.1);
        Array.Clear(BatchMean);
        Array.Clear(BatchVariance);
        for (int i = 0; i < z.Length; i++)
        {
            BatchMean[i % Classes] += z[i] / n;
        }

        for (int i = 0; i < z.Length; i++)
        {
            T d = z[i] - BatchMean[i % Classes];
            BatchVariance[i % Classes] += d * d / n;
        }

        for (int k = 0; k < Classes; k++)
        {
            RunningMean[k] = (keep * RunningMean[k]) + (take * BatchMean[k]);
            RunningVariance[k] = (keep * RunningVariance[k]) + (take * BatchVariance[k]);
        }
    }

    private T[] BackwardNorm(T[] dlogits, int count)
    {
        Array.Clear(GainGradient);
        Array.Clear(ShiftGradient);
        for (int i = 0; i < dlogits.Length; i++)
        {
            GainGradient[i % Classes] += dlogits[i] * hats[i];
            ShiftGradient[i % Classes] += dlogits[i];
        }

        var dz = new T[dlogits.Length];
        T n = T.CreateChecked(count);
        for (int i = 0; i < dz.Length; i++)
        {
            int k = i % Classes;
            dz[i] = Gain[k] * inverse[k] * (dlogits[i] - (ShiftGradient[k] / n) - (hats[i] * GainGradient[k] / n));
        }

        return dz;
    }
}
