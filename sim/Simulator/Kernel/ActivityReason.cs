namespace BcnnSim.Kernel;

/// <summary>Reasons of a cycle, in order of priority (accelerator.md section 4).</summary>
public enum ActivityReason
{
    /// <summary>No work left for this component now.</summary>
    Done = 0,

    /// <summary>Input has ended; the pipeline empties.</summary>
    Draining = 1,

    /// <summary>A full output channel holds it back.</summary>
    BackPressured = 2,

    /// <summary>Waits for earlier instructions to finish.</summary>
    Barrier = 3,

    /// <summary>A memory bank serves several accesses one after the other.</summary>
    BankConflict = 4,

    /// <summary>Waits for DRAM.</summary>
    Memory = 5,

    /// <summary>An empty input channel; of several, the one declared first.</summary>
    Starved = 6,

    /// <summary>Does useful work.</summary>
    Busy = 7,
}
