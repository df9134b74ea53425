namespace BcnnSim.Hardware.Buffers;

/// <summary>Words of one <see cref="ReadRequest"/>, one per pixel lane (0 where the request had no pixel).</summary>
public readonly record struct ReadReply(ulong[] Re, ulong[] Im, int[] Pixels);
