namespace BcnnSim.Hardware.Buffers;

/// <summary>Words of one <see cref="ReadRequest"/>, in the order of its pixels (0 where the request had none).</summary>
public readonly record struct ReadReply(ulong[] Re, ulong[] Im, int[] Pixels, int Run);
