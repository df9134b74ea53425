using BcnnSim.Hardware.Hbm;

namespace BcnnSim.Tests.Timing;

/// <summary>DRAM commands as they were issued.</summary>
internal sealed class CommandLog : IDramCommandObserver
{
    public List<(DramCommand Command, int Bank, int Row, long Clock)> Commands { get; } = [];

    public void OnCommand(DramCommand command, int bank, int row, long clock) => Commands.Add((command, bank, row, clock));
}
