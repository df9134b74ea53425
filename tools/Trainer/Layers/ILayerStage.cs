using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>One layer of a <see cref="MapGraph{T}"/>: convolution with pooling to its sums, then norm and activation. Complex or real.</summary>
internal interface ILayerStage<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Factor of each output channel behind the activation.</summary>
    T[] Mask { get; }

    /// <summary>Sets <paramref name="sums"/> from what the layer reads.</summary>
    void Convolve(FeatureBatch<T> x, FeatureBatch<T> sums, WorkSplit work);

    /// <summary>Sets <paramref name="output"/>: the activated map, or the values of a layer that has some.</summary>
    void Normalise(FeatureBatch<T> sums, FeatureBatch<T> output, bool training, WorkSplit work);

    /// <summary>Sets <paramref name="dsums"/> and the gradients of the norm.</summary>
    void NormaliseBack(FeatureBatch<T> sums, FeatureBatch<T> gradient, FeatureBatch<T> dsums, WorkSplit work);

    /// <summary>Sets the gradients of the weights and, where asked, <paramref name="dx"/>, or adds to it.</summary>
    void ConvolveBack(FeatureBatch<T> x, FeatureBatch<T> dsums, FeatureBatch<T>? dx, WorkSplit work, bool add);
}
