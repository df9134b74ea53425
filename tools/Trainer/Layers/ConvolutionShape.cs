using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>One convolution with the pooling behind it; the same geometry as <see cref="ConvolutionLayer"/>.</summary>
public sealed record ConvolutionShape(
    MapShape Input, int OutputChannels, int KernelHeight, int KernelWidth, int StrideY, int StrideX, int PaddingY, int PaddingX, int SumPool)
{
    /// <summary>k of k x k maximum pooling, of real networks only; 1 = none. A layer has one kind of pooling at most.</summary>
    public int MaxPool { get; init; } = 1;

    public int Taps => KernelHeight * KernelWidth * Input.Channels;

    /// <summary>Of complex maps, two lanes per channel.</summary>
    public WindowShape Window => new(Input.Height, Input.Width, 2 * Input.Channels, KernelHeight, KernelWidth, StrideY, StrideX, PaddingY, PaddingX);

    /// <summary>Of real maps, one lane per channel.</summary>
    public WindowShape RealWindow => Window with { Lanes = Input.Channels };

    /// <summary>Before pooling.</summary>
    public MapShape Convolved => new(Window.OutHeight, Window.OutWidth, OutputChannels);

    public MapShape Output => Convolved.Pooled(SumPool * MaxPool);

    /// <summary>Weights, complex ones in a complex network.</summary>
    public long Weights => (long)Taps * OutputChannels;

    /// <summary>Products of one frame.</summary>
    public long MultiplyAccumulates => Weights * Convolved.Pixels;
}
