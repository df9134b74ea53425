namespace BcnnSim.Hardware.Traffic;

/// <summary>One access of a trace or pattern.</summary>
/// <param name="Cycle">Earliest cycle of the port's clock at which it is offered; a source without times gives 0 for all.</param>
/// <param name="Address">33-bit byte address, any alignment: 32-byte beats are touched as needed.</param>
/// <param name="Bytes">1 or more; cut into bursts of at most 16 beats within 4 KiB pages.</param>
/// <param name="IsWrite">Write or read.</param>
public readonly record struct MemoryRequest(long Cycle, long Address, int Bytes, bool IsWrite);
