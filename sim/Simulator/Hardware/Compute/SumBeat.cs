namespace BcnnSim.Hardware.Compute;

/// <summary>Sums on their way from the accumulators to the norm.</summary>
public readonly record struct SumBeat(SumBlock Sums);
