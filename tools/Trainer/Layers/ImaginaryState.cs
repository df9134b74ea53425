using System.Numerics;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Layers;

/// <summary>Parameters and statistics of <see cref="ImaginaryBranch{T}"/>: C values each, weights [Cout, Cin].</summary>
public sealed class ImaginaryState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ImaginaryState(int channels)
    {
        Channels = channels;
        (Gain1, Gain2, RunningVariance1, RunningVariance2) = (Ones(channels), Ones(channels), Ones(channels), Ones(channels));
        (Shift1, Shift2, Bias) = (new T[channels], new T[channels], new T[channels]);
        (Weight1, Weight2) = (new T[channels * channels], new T[channels * channels]);
        (RunningMean1, RunningMean2) = (new T[channels], new T[channels]);
        Gradients = [.. Values.Select(value => new T[value.Length])];
    }

    public int Channels { get; }

    public T[] Gain1 { get; }

    public T[] Shift1 { get; }

    public T[] Weight1 { get; }

    public T[] Gain2 { get; }

    public T[] Shift2 { get; }

    public T[] Weight2 { get; }

    public T[] Bias { get; }

    public T[] RunningMean1 { get; }

    public T[] RunningVariance1 { get; }

    public T[] RunningMean2 { get; }

    public T[] RunningVariance2 { get; }

    public T[] BatchMean1 { get; set; } = [];

    /// <summary>Biased.</summary>
    public T[] BatchVariance1 { get; set; } = [];

    public T[] BatchMean2 { get; set; } = [];

    /// <summary>Biased.</summary>
    public T[] BatchVariance2 { get; set; } = [];

    /// <summary>In the order of <see cref="Parameters"/>.</summary>
    public T[][] Gradients { get; }

    private T[][] Values => [Gain1, Shift1, Weight1, Gain2, Shift2, Weight2, Bias];

    /// <summary>Trained arrays.</summary>
    public IEnumerable<Parameter<T>> Parameters()
    {
        string[] names = ["gain1", "shift1", "weight1", "gain2", "shift2", "weight2", "bias"];
        return names.Select((name, i) => new Parameter<T>($"imaginary.{name}", Values[i], Gradients[i], false));
    }

    /// <summary>Running statistics.</summary>
    public IEnumerable<(string Name, T[] Value)> Statistics() =>
        [("imaginary.mean1", RunningMean1), ("imaginary.variance1", RunningVariance1), ("imaginary.mean2", RunningMean2), ("imaginary.variance2", RunningVariance2)];

    /// <summary>Statistics of the last training batch, in the order of <see cref="Statistics"/>.</summary>
    public T[][] BatchStatistics() => [BatchMean1, BatchVariance1, BatchMean2, BatchVariance2];

    /// <summary>What the host runs: the norms folded with their running statistics; equal to the evaluation in float bit for bit.</summary>
    public LearnedImaginary Folded()
    {
        (Coefficients<T> first, Coefficients<T> second) = (First(false), Second(false));
        static float[] Single(T[] values) => Array.ConvertAll(values, float.CreateChecked);
        return new(
            Channels, Single(first.Scale), Single(first.Shift), Single(Weight1), Single(second.Scale), Single(second.Shift), Single(Weight2), Single(Bias));
    }

    /// <summary>Takes over every parameter and statistic.</summary>
    public void CopyFrom(ImaginaryState<T> other)
    {
        foreach ((T[] to, T[] from) in Values.Zip(other.Values).Concat(Statistics().Select(s => s.Value).Zip(other.Statistics().Select(s => s.Value))))
        {
            from.CopyTo(to, 0);
        }
    }

    /// <summary>running = 0.9 running + 0.1 batch.</summary>
    internal void MoveStatistics()
    {
        T keep = T.CreateChecked(0.9), take = T.CreateChecked(0.1);
        foreach (((_, T[] running), T[] batch) in Statistics().Zip(BatchStatistics()))
        {
            for (int i = 0; i < running.Length; i++)
            {
                running[i] = (keep * running[i]) + (take * batch[i]);
            }
        }
    }

    internal Coefficients<T> First(bool training) =>
        Fold(Gain1, Shift1, training ? BatchMean1 : RunningMean1, training ? BatchVariance1 : RunningVariance1);

    internal Coefficients<T> Second(bool training) =>
        Fold(Gain2, Shift2, training ? BatchMean2 : RunningMean2, training ? BatchVariance2 : RunningVariance2);

    /// <summary>1/sqrt(var + 1e-5) of the last training batch.</summary>
    internal static T Inverse(T variance) => T.One / T.Sqrt(variance + T.CreateChecked(ImaginaryBranch<T>.Epsilon));

    private static Coefficients<T> Fold(T[] gain, T[] shift, T[] mean, T[] variance)
    {
        T[] scale = [.. gain.Select((g, c) => g * Inverse(variance[c]))];
        return new(scale, [.. shift.Select((b, c) => b - (mean[c] * scale[c]))]);
    }

    private static T[] Ones(int length)
    {
        var array = new T[length];
        Array.Fill(array, T.One);
        return array;
    }
}
