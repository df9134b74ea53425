namespace BcnnSim.Hardware.Hbm;

/// <summary>Place of one 32-byte burst inside a pseudo-channel. Bank 0..15: two upper bits the bank, two lower bits its group.</summary>
public readonly record struct DramAddress(int Bank, int Row, int Column)
{
    /// <summary>Bank group 0..3.</summary>
    public int Group => Bank & 3;
}
