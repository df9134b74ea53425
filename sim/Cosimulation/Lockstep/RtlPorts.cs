using BcnnSim.Kernel;

namespace BcnnSim.Cosimulation.Lockstep;

/// <summary>What every bench's ports have in common.</summary>
public static class RtlPorts
{
    /// <summary>Verilator keeps a port as plain words in memory only when it is wider than 64 bits.</summary>
    public const int MinimumWords = 3;

    /// <summary>The handshake of a kernel channel as a bench shows it: count in bits 15:0, valid bit 16, ready bit 17.</summary>
    public static uint Handshake(Channel channel) =>
        (uint)channel.Count | (channel.Count != 0 ? 1u << 16 : 0) | (channel.Count != channel.Depth ? 1u << 17 : 0);
}
