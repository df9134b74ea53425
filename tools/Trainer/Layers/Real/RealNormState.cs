using System.Numerics;

namespace BcnnSim.Trainer.Layers.Real;

/// <summary>Parameters and statistics of one real batch norm, or of a plain bias: then the shift alone is used. C values each.</summary>
public sealed class RealNormState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public RealNormState(int channels)
    {
        Channels = channels;
        (Gain, RunningVariance, Mask) = (new T[channels], new T[channels], new T[channels]);
        Array.Fill(Gain, T.One);
        Array.Fill(RunningVariance, T.One);
        Array.Fill(Mask, T.One);
        (Shift, RunningMean, GainGradient, ShiftGradient) = (new T[channels], new T[channels], new T[channels], new T[channels]);
    }

    public int Channels { get; }

    public T[] Gain { get; }

    /// <summary>The bias, where there is no norm.</summary>
    public T[] Shift { get; }

    public T[] RunningMean { get; }

    /// <summary>Biased.</summary>
    public T[] RunningVariance { get; }

    /// <summary>1 = kept, 0 = removed: multiplies the activated output.</summary>
    public T[] Mask { get; }

    /// <summary>Everything but the mask and the gradients.</summary>
    public IReadOnlyList<T[]> Values => [Gain, Shift, RunningMean, RunningVariance];

    public T[] GainGradient { get; }

    public T[] ShiftGradient { get; }
}
