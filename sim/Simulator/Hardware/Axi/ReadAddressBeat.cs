namespace BcnnSim.Hardware.Axi;

/// <summary>AXI AR: one read burst.</summary>
/// <param name="Id">Transaction identifier 0..63; responses of one identifier keep their order.</param>
/// <param name="Address">33-bit byte address, 32-byte aligned here.</param>
/// <param name="Beats">1..16 beats of 32 bytes.</param>
/// <param name="Port">Port 0..31 it came in by; the switch fills it in, responses go back by it.</param>
public readonly record struct ReadAddressBeat(int Id, long Address, int Beats, int Port = 0);
