using System.Numerics;

namespace BcnnSim.Trainer.Layers;

/// <summary>Parameters and statistics of one complex Gaussian batch norm (CGBN), C channels; statistics hold [re | im], 2C.</summary>
public sealed class NormState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="channels">C.</param>
    /// <param name="diagonal">g_i is 0 and stays so; g_r starts at 1, so that y starts with the variance that it has with both.</param>
    public NormState(int channels, bool diagonal = false)
    {
        Channels = channels;
        IsDiagonal = diagonal;
        T start = T.CreateChecked(Math.Sqrt(0.5));
        GainRe = Filled(channels, diagonal ? T.One : start);
        GainIm = Filled(channels, diagonal ? T.Zero : start);
        ShiftRe = new T[channels];
        ShiftIm = new T[channels];
        RunningMean = new T[2 * channels];
        RunningVariance = Filled(2 * channels, start);
        Mask = Filled(channels, T.One);
        Gradients = [new T[channels], new T[channels], new T[channels], new T[channels]];
    }

    public int Channels { get; }

    /// <summary>Whether the imaginary gain is no parameter but 0.</summary>
    public bool IsDiagonal { get; }

    public T[] GainRe { get; }

    public T[] GainIm { get; }

    public T[] ShiftRe { get; }

    public T[] ShiftIm { get; }

    public T[] RunningMean { get; }

    /// <summary>Biased variance of each component.</summary>
    public T[] RunningVariance { get; }

    /// <summary>1 = kept, 0 = removed: multiplies the activated output.</summary>
    public T[] Mask { get; }

    /// <summary>Everything but the mask and the gradients.</summary>
    public IReadOnlyList<T[]> Values => [GainRe, GainIm, ShiftRe, ShiftIm, RunningMean, RunningVariance];

    /// <summary>Of GainRe, GainIm (which a diagonal norm does not train), ShiftRe, ShiftIm.</summary>
    public T[][] Gradients { get; }

    private static T[] Filled(int length, T value)
    {
        var array = new T[length];
        Array.Fill(array, value);
        return array;
    }
}
