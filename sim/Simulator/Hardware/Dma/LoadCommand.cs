namespace BcnnSim.Hardware.Dma;

/// <summary>Reads <paramref name="Beats"/> beats of 32 bytes from <paramref name="Address"/> into output <paramref name="Output"/>.</summary>
public readonly record struct LoadCommand(long Address, int Beats, int Output);
