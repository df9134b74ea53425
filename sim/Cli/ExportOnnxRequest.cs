using BcnnSim.Networks;

namespace BcnnSim.Cli;

/// <summary>A checked `export-onnx`.</summary>
/// <param name="Network">A network that has a model.</param>
/// <param name="File">The model's file as given.</param>
/// <param name="Output">Where it goes.</param>
internal sealed record ExportOnnxRequest(Network Network, string File, JsonDestination Output);
