namespace BcnnSim.Hardware.Compute;

/// <summary>Values on their way from the norm to the residual unit, and from there to the buffers and the classifier.</summary>
public readonly record struct ValueBeat(ValueBlock Values);
