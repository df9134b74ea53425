namespace BcnnSim.Hardware.Compute;

/// <summary>Bits on their way from the norm to the activation buffer or the classifier.</summary>
public readonly record struct BitBeat(BitBlock Bits);
