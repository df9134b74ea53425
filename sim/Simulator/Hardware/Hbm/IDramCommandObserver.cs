namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Sees every DRAM command of one pseudo-channel in the order in which it is issued: checkers and traces. A refresh and its
/// precharge-all are told when they are computed, which is before the next command. Must change nothing in the model.
/// </summary>
public interface IDramCommandObserver
{
    /// <summary>One command.</summary>
    /// <param name="command">What.</param>
    /// <param name="bank">0..15; -1 for all banks.</param>
    /// <param name="row">Row opened by an activate; -1 otherwise.</param>
    /// <param name="clock">DRAM clock of issue.</param>
    void OnCommand(DramCommand command, int bank, int row, long clock);
}
