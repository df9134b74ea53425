namespace BcnnSim.Hardware.Axi;

/// <summary>AXI W: one beat of a write burst; strobe bit i = byte i is written.</summary>
public readonly record struct WriteDataBeat(Beat256 Data, uint Strobe, bool Last);
