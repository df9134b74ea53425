using System.Numerics;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// Dropout (Srivastava et al., JMLR 2014) of what fully connected layers (maps of one pixel) and the last layer hand on: each value is 0 with the given
/// chance, the others are divided by what is left, so that an evaluation without it sees the same mean. Which values go depends on seed, step and
/// layer alone, never on threads.
/// </summary>
/// <param name="rate">Chance of a value to be 0, in [0, 1).</param>
/// <param name="seed">Of the draws.</param>
/// <param name="purpose">Of the stream: one phase draws other values than the next.</param>
public sealed class Dropout<T>(double rate, ulong seed, string purpose)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Steps of the optimizer before it; forward and backward of one step draw the same values.</summary>
    public long Step { get; set; }

    /// <summary>Whether a layer's values are dropped.</summary>
    public static bool Takes(NetShape shape, int layer) => layer == shape.Layers.Count - 1 || shape.Layers[layer].Output.Pixels == 1;

    /// <summary>Values of a map before its readers, or gradients of them on the way back.</summary>
    public void Apply(int layer, FeatureBatch<T> map)
    {
        var stream = new SeededStream(seed, $"{purpose} dropout {layer}", (ulong)Step);
        T scale = T.CreateChecked(1 / (1 - rate));
        foreach (ref T value in map.Values[..(map.Count * map.ImageLength)])
        {
            value = stream.NextDouble() < rate ? T.Zero : value * scale;
        }
    }
}
