namespace BcnnSim.Design;

/// <summary>Residual add on the values behind the norm, as wide as the norm.</summary>
public sealed record ResidualDesign
{
    [Parameter("beats", 1, 16, "values waiting for their shortcut: read latency + 2 move one beat per cycle")]
    public required int ReadsInFlight { get; init; }
}
