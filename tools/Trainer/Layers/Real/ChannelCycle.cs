using System.Numerics;

namespace BcnnSim.Trainer.Layers.Real;

/// <summary>
/// Maps are walked as one run of values in which the channels repeat: a vector that starts at value e takes its parameters at
/// e mod C from an array that is continued by one vector beyond C. So layers narrower than a vector run as fast as others.
/// </summary>
internal sealed class ChannelCycle<T>(int channels)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int step = Vector<T>.Count % channels;

    /// <summary>Length of a continued array.</summary>
    public int Length { get; } = channels + Vector<T>.Count;

    /// <summary>Where the next vector of the run starts in it.</summary>
    public int Next(int at) => at + step >= channels ? at + step - channels : at + step;

    /// <summary>Channel of the value <paramref name="lane"/> behind <paramref name="at"/>.</summary>
    public int Channel(int at, int lane) => (at + lane) % channels;

    /// <summary>Value i is that of channel i mod C.</summary>
    public T[] Continued(T[] values, int first = 0)
    {
        var result = new T[Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[first + (i % channels)];
        }

        return result;
    }

    /// <summary>Adds the sums of a continued array to <paramref name="target"/>[first ...] by channel, and clears it.</summary>
    public void Fold(Span<T> sums, double[] target, int first)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            target[first + (i % channels)] += double.CreateChecked(sums[i]);
        }

        sums.Clear();
    }
}
