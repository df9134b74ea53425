namespace BcnnSim.Hardware.Traffic;

/// <summary>What one port does.</summary>
/// <param name="Port">0..31.</param>
/// <param name="Source">Its requests.</param>
/// <param name="Outstanding">Requests it keeps outstanding at most; 0 = as many as the port's beats allow.</param>
/// <param name="Identifiers">Identifiers its bursts rotate over, 1..64; 1 forces one.</param>
/// <param name="PseudoChannels">Pseudo-channels its requests reach; null = all of the bench.</param>
public sealed record PortTraffic(int Port, IRequestSource Source, int Outstanding = 0, int Identifiers = 64, IReadOnlyList<int>? PseudoChannels = null);
