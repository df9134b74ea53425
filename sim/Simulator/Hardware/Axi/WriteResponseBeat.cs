namespace BcnnSim.Hardware.Axi;

/// <summary>AXI B: a write burst is done (its data has been written to the DRAM).</summary>
public readonly record struct WriteResponseBeat(int Id, int Port = 0);
