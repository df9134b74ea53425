namespace BcnnSim.Hardware.Axi;

/// <summary>AXI AW: one write burst.</summary>
public readonly record struct WriteAddressBeat(int Id, long Address, int Beats);
