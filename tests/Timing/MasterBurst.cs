using BcnnSim.Hardware.Axi;

namespace BcnnSim.Tests.Timing;

/// <summary>One AXI burst of a <see cref="MemoryMaster"/>.</summary>
/// <param name="Address">Byte address.</param>
/// <param name="Beats">1..16.</param>
/// <param name="NotBefore">First cycle of the master's clock in which its address may be pushed.</param>
/// <param name="Data">Beats to write; null for a read.</param>
internal sealed record MasterBurst(long Address, int Beats, long NotBefore = 0, Beat256[]? Data = null);
