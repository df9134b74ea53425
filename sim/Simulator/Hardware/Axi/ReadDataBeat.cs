namespace BcnnSim.Hardware.Axi;

/// <summary>AXI R: one beat of a read burst; identifier and port in bytes, for it is copied at every step of the way.</summary>
public readonly record struct ReadDataBeat(byte Id, Beat256 Data, bool Last, byte Port = 0);
