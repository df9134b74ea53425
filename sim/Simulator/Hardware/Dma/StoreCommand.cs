namespace BcnnSim.Hardware.Dma;

/// <summary>Writes the next scores to <paramref name="Address"/>.</summary>
public readonly record struct StoreCommand(long Address);
