namespace BcnnSim.Hardware.Hbm;

/// <summary>Commands on the row and column buses of one pseudo-channel.</summary>
public enum DramCommand
{
    /// <summary>Opens a row of a bank.</summary>
    Activate,

    /// <summary>Closes the row of a bank.</summary>
    Precharge,

    /// <summary>One BL4 read burst.</summary>
    Read,

    /// <summary>One BL4 write burst.</summary>
    Write,

    /// <summary>All-bank refresh; every bank is closed.</summary>
    Refresh,

    /// <summary>Refresh of one closed bank.</summary>
    RefreshBank,
}
