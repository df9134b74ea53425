namespace BcnnSim.Hardware.Hbm;

/// <summary>One 32-byte column access waiting in the controller.</summary>
internal struct PendingBurst
{
    public long Address;
    public DramAddress Place;
    public bool IsWrite;
    public bool Last;
    public int Id;

    /// <summary>First AXI cycle in which a command for it may issue.</summary>
    public long ReadyCycle;

    /// <summary>Whether it has been counted as hit, miss or conflict.</summary>
    public bool Counted;
}
