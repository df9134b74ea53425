namespace BcnnSim.Design;

/// <summary>How rows are refreshed.</summary>
public enum RefreshMode
{
    /// <summary>Never: for closed forms and experiments.</summary>
    Off,

    /// <summary>All banks at once, every tREFI; nothing else runs for tRFC.</summary>
    AllBank,

    /// <summary>One bank after the other, every tREFI / 16, tRFCSB each; the other banks go on.</summary>
    SingleBank,
}
