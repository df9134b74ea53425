namespace BcnnSim.Exploration;

/// <summary>One convolution of a network shape: what a timing study needs, no weights.</summary>
/// <param name="Name">Layer name.</param>
/// <param name="OutputChannels">Cout, complex.</param>
/// <param name="Kernel">Kh = Kw.</param>
/// <param name="Stride">Both axes.</param>
/// <param name="Padding">Both axes.</param>
/// <param name="SumPool">k of the sum pooling behind it, 1 = none.</param>
/// <param name="Source">Index of the producing layer, -1 = the input; by default the layer before.</param>
/// <param name="Values">Whether it leaves 16-bit values.</param>
/// <param name="Residual">Index of the layer whose values are added to its own; null: none.</param>
public sealed record ConvolutionShape(string Name, int OutputChannels, int Kernel, int Stride, int Padding, int SumPool = 1, int? Source = null, bool Values = false, int? Residual = null);
