namespace BcnnSim.Exploration;

/// <summary>One quantity of one claim under one definition: what `validate` answers.</summary>
/// <param name="Claim">Name of the claim.</param>
/// <param name="Source">Who claims it.</param>
/// <param name="Network">Evidence.</param>
/// <param name="Quantity">"framesPerSecond" or "utilization".</param>
/// <param name="Claimed">Claimed figure.</param>
/// <param name="Measured">Simulated figure.</param>
/// <param name="Reached">Measured is at least claimed.</param>
/// <param name="Definition">Definition and conditions of the measured figure, and whether it decides the claim.</param>
/// <param name="Margin">Measured / claimed - 1.</param>
/// <param name="SmallestDesign">Smallest array that reaches it (for utilization: and the rate); null if none up to the searched size does.</param>
/// <param name="LimitedBy">What limits the named design.</param>
public sealed record ClaimRow(
    string Claim,
    string Source,
    string Network,
    string Quantity,
    double Claimed,
    double Measured,
    bool Reached,
    string Definition,
    double Margin,
    SmallestArray? SmallestDesign,
    ClaimLimit LimitedBy);
