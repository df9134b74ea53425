namespace BcnnSim.Exploration;

/// <summary>One change of what decides a claim, all else as measured.</summary>
/// <param name="Parameter">"firstLayerWidth", "inputBits" or "clockMHz".</param>
/// <param name="Value">Its value in this row.</param>
/// <param name="Measured">Whether it is the value of the measured network or design.</param>
/// <param name="Cycles">Latency of one frame; null if the network does not fit the design then.</param>
/// <param name="FramesPerSecond">1 / latency.</param>
/// <param name="Reached">Whether the claimed rate is reached by latency.</param>
/// <param name="Basis">"closed form".</param>
public sealed record SensitivityRow(string Parameter, int Value, bool Measured, long? Cycles, double? FramesPerSecond, bool Reached, string Basis);
