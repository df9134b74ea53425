using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers.Real;

/// <summary>A real layer.</summary>
internal sealed class RealStage<T>(RealConvolution<T> convolution, RealNorm<T> norm) : ILayerStage<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T[] Mask => norm.State.Mask;

    public void Convolve(FeatureBatch<T> x, FeatureBatch<T> sums, WorkSplit work) => convolution.Forward(x, sums, work);

    public void Normalise(FeatureBatch<T> sums, FeatureBatch<T> output, bool training, WorkSplit work) => norm.Forward(sums, output, training, work);

    public void NormaliseBack(FeatureBatch<T> sums, FeatureBatch<T> gradient, FeatureBatch<T> dsums, WorkSplit work) => norm.Backward(sums, gradient, dsums, work);

    public void ConvolveBack(FeatureBatch<T> x, FeatureBatch<T> dsums, FeatureBatch<T>? dx, WorkSplit work, bool add) => convolution.Backward(x, dsums, dx, work, add);
}
