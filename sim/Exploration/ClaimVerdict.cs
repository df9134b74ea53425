using BcnnSim.Reporting;

namespace BcnnSim.Exploration;

/// <summary>Verdict on one claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Report">Run of the evidence on the named design.</param>
/// <param name="Rows">One per quantity and definition.</param>
/// <param name="Reached">Every quantity is reached under the claim's own definition, and every checked value was right.</param>
public sealed record ClaimVerdict(Claim Claim, RunReport Report, IReadOnlyList<ClaimRow> Rows, bool Reached);
