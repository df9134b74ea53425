namespace BcnnSim.Hardware.Hbm;

/// <summary>One 32-byte column access that waits in a reorder window; the data of a write wait beside the window.</summary>
internal struct MemoryAccess
{
    /// <summary>33-bit byte address, 32-byte aligned.</summary>
    public long Address;

    /// <summary>What the window will have served when all that is older than this access is gone, if nothing younger goes first: what is served beyond that has bypassed it.</summary>
    public long ServedBefore;

    /// <summary>Row of the bank.</summary>
    public int Row;

    /// <summary>Bank 0..15.</summary>
    public byte Bank;

    /// <summary>AXI port 0..31 that asked.</summary>
    public byte Port;

    /// <summary>Identifier within the port.</summary>
    public byte Id;

    /// <summary>Place in the window that it keeps while it waits, 0..63.</summary>
    public byte Slot;

    public bool IsWrite;

    /// <summary>Last beat of its AXI burst.</summary>
    public bool Last;

    /// <summary>Whether it has been counted as hit, miss or conflict.</summary>
    public bool Counted;

    /// <summary>How many older accesses of the window must go first: one of its stream, one of its address.</summary>
    public byte WaitsFor;

    /// <summary>Slot of the access of the same stream that waits for this one; <see cref="ReorderWindow.None"/> of none.</summary>
    public byte NextOfStream;

    /// <summary>Slot of the access of the same address that waits for this one.</summary>
    public byte NextOfAddress;
}
