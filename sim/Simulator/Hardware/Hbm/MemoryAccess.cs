using BcnnSim.Hardware.Axi;

namespace BcnnSim.Hardware.Hbm;

/// <summary>One 32-byte column access that waits in a reorder window.</summary>
internal struct MemoryAccess
{
    /// <summary>33-bit byte address, 32-byte aligned.</summary>
    public long Address;

    /// <summary>Bank 0..15.</summary>
    public int Bank;

    /// <summary>Row of the bank.</summary>
    public int Row;

    public bool IsWrite;

    /// <summary>Last beat of its AXI burst.</summary>
    public bool Last;

    /// <summary>AXI port 0..31 that asked.</summary>
    public byte Port;

    /// <summary>Identifier within the port.</summary>
    public byte Id;

    /// <summary>Data of a write.</summary>
    public Beat256 Data;

    /// <summary>Strobes of a write, bit i = byte i.</summary>
    public uint Strobe;

    /// <summary>Whether it has been counted as hit, miss or conflict.</summary>
    public bool Counted;
}
