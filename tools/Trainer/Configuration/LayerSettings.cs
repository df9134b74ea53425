using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Configuration;

/// <summary>One convolution; pairs are [vertical, horizontal].</summary>
public sealed record LayerSettings
{
    /// <summary>Complex output channels.</summary>
    public required int Channels { get; init; }

    public required IReadOnlyList<int> Kernel { get; init; }

    public required IReadOnlyList<int> Stride { get; init; }

    public required IReadOnlyList<int> Padding { get; init; }

    /// <summary>k of k x k sum pooling; 1 = none.</summary>
    public required int SumPool { get; init; }

    public ConvolutionShape Shape(MapShape input) =>
        new(input, Channels, Kernel[0], Kernel[1], Stride[0], Stride[1], Padding[0], Padding[1], SumPool);
}
