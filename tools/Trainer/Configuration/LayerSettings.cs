using System.Text.Json.Serialization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Configuration;

/// <summary>One convolution; pairs are [vertical, horizontal]. Layers are called conv1, conv2, ... in their order.</summary>
public sealed record LayerSettings
{
    /// <summary>Output channels, complex ones in a complex network.</summary>
    public required int Channels { get; init; }

    public required IReadOnlyList<int> Kernel { get; init; }

    public required IReadOnlyList<int> Stride { get; init; }

    public required IReadOnlyList<int> Padding { get; init; }

    /// <summary>k of k x k sum pooling; 1 = none.</summary>
    public required int SumPool { get; init; }

    /// <summary>k of k x k maximum pooling, of real networks; 1 or left out = none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxPool { get; init; }

    /// <summary>Layer whose bits it reads: an earlier layer's name or "input"; null = the layer before.</summary>
    public required string? Input { get; init; }

    /// <summary>Bits, or values and their signs: what residual adds and, at the end, the head work on.</summary>
    public required OutputKind Output { get; init; }

    /// <summary>Earlier layer with values that are added to this one's; null = none.</summary>
    public required string? Residual { get; init; }

    public ConvolutionShape Shape(MapShape input) =>
        new(input, Channels, Kernel[0], Kernel[1], Stride[0], Stride[1], Padding[0], Padding[1], SumPool) { MaxPool = MaxPool ?? 1 };
}
