namespace BcnnSim.Hardware.Hbm;

/// <summary>Counts of one pseudo-channel.</summary>
public sealed class HbmStatistics
{
    public long ReadBeats { get; set; }

    public long WriteBeats { get; set; }

    /// <summary>Bursts whose row was open.</summary>
    public long RowHits { get; set; }

    /// <summary>Bursts that found their bank closed.</summary>
    public long RowMisses { get; set; }

    /// <summary>Bursts that found another row open.</summary>
    public long RowConflicts { get; set; }

    public long Refreshes { get; set; }
}
