using BcnnSim.Networks;

namespace BcnnSim.Reporting;

/// <summary>One claim about the network of a run, held against its figures; `validate` says more.</summary>
/// <param name="Claim">Name of the claim.</param>
/// <param name="FramesPerSecond">Claimed rate.</param>
/// <param name="Utilization">Claimed utilization; null if none.</param>
/// <param name="Definition">Definition that decides it.</param>
/// <param name="ReachedByLatency">Rate and utilization are reached by one frame on the idle machine.</param>
/// <param name="ReachedByInterval">The same by the interval; null if it was not measured.</param>
public sealed record ClaimResult(
    string Claim, double FramesPerSecond, double? Utilization, ClaimDefinition Definition, bool ReachedByLatency, bool? ReachedByInterval)
{
    /// <summary>Results of the claims for which <paramref name="network"/> is evidence.</summary>
    public static IReadOnlyList<ClaimResult> Of(IEnumerable<Claim> claims, Network network, RunReport report) =>
    [
        .. claims.Where(c => c.Network == network.Name && c.Evidence(network).Count == 0).Select(c => new ClaimResult(
            c.Name, c.FramesPerSecond, c.Utilization, c.Definition,
            Reached(c, report.FpsByLatency, report.Utilization),
            report.FpsByInterval is double rate ? Reached(c, rate, report.UtilizationSteady!.Value) : null)),
    ];

    private static bool Reached(Claim claim, double rate, double utilization) => rate >= claim.FramesPerSecond && utilization >= (claim.Utilization ?? 0);
}
