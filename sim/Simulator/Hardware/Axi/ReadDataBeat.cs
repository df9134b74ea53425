namespace BcnnSim.Hardware.Axi;

/// <summary>AXI R: one beat of a read burst.</summary>
public readonly record struct ReadDataBeat(int Id, Beat256 Data, bool Last, int Port = 0);
