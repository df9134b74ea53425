namespace BcnnSim.Hardware.Traffic;

/// <summary>A request under way.</summary>
/// <param name="Number">Position in its source, from 0.</param>
/// <param name="Port">Port 0..31.</param>
/// <param name="Request">As its source gave it.</param>
/// <param name="Offered">Port cycle at which it was offered: its own where the source is timed, else when its first burst was issued.</param>
public readonly record struct OfferedRequest(long Number, int Port, MemoryRequest Request, long Offered);
