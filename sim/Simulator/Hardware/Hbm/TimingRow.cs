namespace BcnnSim.Hardware.Hbm;

/// <summary>One row of the timing table: <paramref name="To"/> no sooner than <paramref name="Clocks"/> after <paramref name="From"/>.</summary>
/// <param name="Name">JEDEC name, or the sum it is made of.</param>
/// <param name="From">Earlier command.</param>
/// <param name="To">Later command.</param>
/// <param name="Scope">Banks of the later command.</param>
/// <param name="Clocks">DRAM clocks from command to command.</param>
public readonly record struct TimingRow(string Name, DramCommand From, DramCommand To, TimingScope Scope, int Clocks);
