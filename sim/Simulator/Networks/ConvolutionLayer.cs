using BcnnSim.Numerics;

namespace BcnnSim.Networks;

/// <summary>
/// Binary complex convolution -> sum pooling -> folded norm -> sign -> max pooling: one pass of the machine. With values: convolution -> sum
/// pooling -> folded norm to 16 bits -> optional residual add -> value and its sign.
/// Output map = floor((in + 2 pad - kernel)/stride) + 1 per axis; each pooling drops an incomplete border.
/// </summary>
/// <param name="Name">Unique in the network; prefix of the layer's tensors in weights.safetensors.</param>
/// <param name="Source">Name of the producing layer, or "input".</param>
/// <param name="InputShape">Shape consumed.</param>
/// <param name="OutputChannels">Cout, complex.</param>
/// <param name="KernelHeight">Kh >= 1.</param>
/// <param name="KernelWidth">Kw >= 1.</param>
/// <param name="StrideY">Vertical stride >= 1.</param>
/// <param name="StrideX">Horizontal stride >= 1.</param>
/// <param name="PaddingY">Rows of masked padding above and below, 0 &lt;= PaddingY &lt; Kh.</param>
/// <param name="PaddingX">Columns of masked padding left and right, 0 &lt;= PaddingX &lt; Kw.</param>
/// <param name="SumPool">k of k x k sum pooling on accumulators before the norm; 1 = none.</param>
/// <param name="MaxPool">k of k x k max pooling (OR) on the binarized map; 1 = none.</param>
/// <param name="Norm">Folded batch norm, Cout channels.</param>
/// <param name="Weights">Cout rows of T quadrant taps; without a list of kept taps T = Kh*Kw*Cin and tap t = (ky*Kw + kx)*Cin + c.</param>
public sealed record ConvolutionLayer(
    string Name,
    string Source,
    MapShape InputShape,
    int OutputChannels,
    int KernelHeight,
    int KernelWidth,
    int StrideY,
    int StrideX,
    int PaddingY,
    int PaddingX,
    int SumPool,
    int MaxPool,
    FoldedNorm Norm,
    QuadrantTensor Weights)
{
    /// <summary>What the norm gives. Values: v = saturate16((A*acc + C + 2^(s-1)) >> s), no max pooling, no threshold norm.</summary>
    public OutputKind Output { get; init; }

    /// <summary>Earlier layer with values of the same shape that is added to this one's, saturating to 16 bits; null: nothing is added.</summary>
    public string? Residual { get; init; }

    /// <summary>Column pruning: rising tap indices into Kh*Kw*Cin, column i of the weights belongs to tap KeptTaps[i]; null: every tap is kept.</summary>
    public int[]? KeptTaps { get; init; }

    /// <summary>Kh*Kw*Cin, taps before column pruning.</summary>
    public int DenseTaps => KernelHeight * KernelWidth * InputShape.Channels;

    /// <summary>T, taps of one output value: those kept.</summary>
    public int Taps => KeptTaps?.Length ?? DenseTaps;

    /// <summary>Tap index in Kh*Kw*Cin of column <paramref name="column"/> of the weights.</summary>
    public int TapOf(int column) => KeptTaps is null ? column : KeptTaps[column];

    /// <summary>Map of the convolution itself, before any pooling.</summary>
    public MapShape ConvolutionShape => new(
        (InputShape.Height + (2 * PaddingY) - KernelHeight) / StrideY + 1,
        (InputShape.Width + (2 * PaddingX) - KernelWidth) / StrideX + 1,
        OutputChannels);

    /// <summary>Map after sum pooling: what the norm sees.</summary>
    public MapShape NormShape => ConvolutionShape.Pooled(SumPool);

    /// <summary>Map the next layer reads, after max pooling.</summary>
    public MapShape OutputShape => NormShape.Pooled(MaxPool);

    /// <summary>Largest |acc| of either component after sum pooling: 2*T*(2^P - 1)*k^2; P is 1 except for the layer that reads the input.</summary>
    public long AccumulatorBound(int inputBits) => checked(2L * Taps * ((1L << inputBits) - 1) * SumPool * SumPool);

    /// <summary>Conventional complex MAC count of one frame (one plane) after column pruning: T*Cout*Hout*Wout.</summary>
    public long MultiplyAccumulates => (long)Taps * OutputChannels * ConvolutionShape.Pixels;
}
