namespace BcnnSim.Hardware.Axi;

/// <summary>AXI AW: one write burst; parameters as in <see cref="ReadAddressBeat"/>.</summary>
public readonly record struct WriteAddressBeat(int Id, long Address, int Beats, int Port = 0);
