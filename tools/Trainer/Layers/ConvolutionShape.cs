using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>One complex convolution with the sum pooling behind it; the same geometry as <see cref="ConvolutionLayer"/>.</summary>
public sealed record ConvolutionShape(
    MapShape Input, int OutputChannels, int KernelHeight, int KernelWidth, int StrideY, int StrideX, int PaddingY, int PaddingX, int SumPool)
{
    public int Taps => KernelHeight * KernelWidth * Input.Channels;

    public WindowShape Window => new(Input.Height, Input.Width, 2 * Input.Channels, KernelHeight, KernelWidth, StrideY, StrideX, PaddingY, PaddingX);

    /// <summary>Before pooling.</summary>
    public MapShape Convolved => new(Window.OutHeight, Window.OutWidth, OutputChannels);

    public MapShape Output => Convolved.Pooled(SumPool);

    /// <summary>Complex weights.</summary>
    public long Weights => (long)Taps * OutputChannels;

    /// <summary>Complex products of one frame.</summary>
    public long MultiplyAccumulates => Weights * Convolved.Pixels;
}
