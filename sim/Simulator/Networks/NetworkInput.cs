namespace BcnnSim.Networks;

/// <summary>One frame: <paramref name="Channels"/> complex channels of Height x Width, P = <paramref name="InputBits"/> bit planes.</summary>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Channels">Complex channels, at least 1.</param>
/// <param name="InputBits">P in 1..8: an unsigned component u stands for 2u - (2^P - 1).</param>
/// <param name="Transform">Named host transform from raw data to the map ("none", "fold", "stft", "lag", "moments", "zero-imaginary", "learned-imaginary", ...).</param>
/// <param name="TransformParameters">Parameters of the transform, fixed at training (for example the clip level).</param>
public sealed record NetworkInput(
    int Height,
    int Width,
    int Channels,
    int InputBits,
    string Transform,
    IReadOnlyDictionary<string, double> TransformParameters)
{
    /// <summary>Tensors of the transform "learned-imaginary"; null for every other transform. The machine never sees them.</summary>
    public LearnedImaginary? Imaginary { get; init; }
}
