using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// Real classifier on the features, optionally through ReLU, averaged over the map: z = W f, batch norm per class over the batch
/// (z - mean)/sqrt(var + 1e-5), times gain, plus shift. All pieces are linear at evaluation and merge at export.
/// </summary>
public sealed unsafe class ClassifierHead<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public const double Epsilon = 1e-5;

    private readonly MapShape shape;
    private readonly bool relu;
    // Kept from batch to batch: fresh memory costs a page fault per 4 KiB, and one of a read before a write stops the other thread as well.
    private T[] features = [];
    private int averaged;
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
    public ReadOnlySpan<T> AveragedFeatures => features.AsSpan(0, averaged);

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
    public T[] Forward(FeatureBatch<T> x, bool training, WorkSplit work)
    {
        averaged = x.Count * Features;
        if (features.Length < averaged)
        {
            features = new T[averaged];
        }

        var z = new T[x.Count * Classes];
        work.RunImages(x.Count, (first, images, _) =>
        {
            for (int n = first; n < first + images; n++)
            {
                Average(x.Image(n), features.AsSpan(n * Features, Features));
                for (int k = 0; k < Classes; k++)
                {
                    z[(n * Classes) + k] = Dot(features.AsSpan(n * Features, Features), Weight.AsSpan(k * Features, Features));
                }
            }
        });
        return HasNorm ? Normalise(z, x.Count, training) : Shifted(z);
    }

    /// <summary>Sets gradients; dx is the gradient of the features' map <paramref name="x"/>.</summary>
    public void Backward(T[] dlogits, FeatureBatch<T> x, FeatureBatch<T> dx, WorkSplit work)
    {
        dx.Count = x.Count;
        T[] dz = HasNorm ? BackwardNorm(dlogits, x.Count) : BackwardShift(dlogits, x.Count);
        work.RunParts(Classes, (k, _) => WeightGradients(dz, k, x.Count));
        work.RunImages(x.Count, (first, images, scratch) =>
        {
            Span<T> row = new(scratch.Take<T>(0, Features), Features);
            for (int n = first; n < first + images; n++)
            {
                MapGradients(dz.AsSpan(n * Classes, Classes), row, x.Image(n), dx.Image(n));
            }
        });
    }

    private void WeightGradients(T[] dz, int k, int count)
    {
        Span<T> gradient = WeightGradient.AsSpan(k * Features, Features);
        gradient.Clear();
        for (int n = 0; n < count; n++)
        {
            HeadRows.AddScaled(dz[(n * Classes) + k], features.AsSpan(n * Features, Features), T.One, gradient);
        }
    }

    private void MapGradients(ReadOnlySpan<T> dz, Span<T> row, T* x, T* dx)
    {
        T scale = T.One / T.CreateChecked(shape.Pixels);
        row.Clear();
        for (int k = 0; k < Classes; k++)
        {
            HeadRows.AddScaled(dz[k], Weight.AsSpan(k * Features, Features), scale, row);
        }

        for (int p = 0; p < shape.Pixels; p++)
        {
            HeadRows.Spread(row, relu, new(x + (p * Features), Features), new(dx + (p * Features), Features));
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

    private void Average(T* x, Span<T> row)
    {
        row.Clear();
        fixed (T* sum = row)
        {
            for (int p = 0; p < shape.Pixels; p++)
            {
                T* pixel = x + (p * Features);
                if (relu)
                {
                    HeadRows.AddPositive(new ReadOnlySpan<T>(pixel, Features), row);
                }
                else
                {
                    PatchRows.Add(pixel, sum, Features);
                }
            }
        }

        T scale = T.One / T.CreateChecked(shape.Pixels);
        foreach (ref T value in row)
        {
            value *= scale;
        }
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
