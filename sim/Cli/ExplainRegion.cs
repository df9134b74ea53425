namespace BcnnSim.Cli;

/// <summary>One region of the HBM.</summary>
/// <param name="Name">What lies there.</param>
/// <param name="PseudoChannel">0..31.</param>
/// <param name="Address">First byte.</param>
/// <param name="ItemBytes">Bytes of one item (a frame, a result, all weights).</param>
/// <param name="Stride">Bytes from one item to the next.</param>
internal sealed record ExplainRegion(string Name, long PseudoChannel, string Address, long ItemBytes, long Stride);
