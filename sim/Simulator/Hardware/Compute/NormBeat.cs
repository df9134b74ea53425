namespace BcnnSim.Hardware.Compute;

/// <summary>What travels through the norm's pipeline: bits or values, never both.</summary>
internal readonly record struct NormBeat(BitBlock? Bits, ValueBlock? Values);
