using BcnnSim.Design;
using BcnnSim.Networks;
using BcnnSim.Reporting;

namespace BcnnSim.Exploration;

/// <summary>Holds a claim against a network simulated on a design: reached or not, by which definition, with what margin, what is the smallest array.</summary>
public static class ClaimValidation
{
    public const string FramesPerSecond = "framesPerSecond";
    public const string Utilization = "utilization";

    /// <param name="claim">The claim.</param>
    /// <param name="network">Evidence; the caller has refused what is none.</param>
    /// <param name="design">Named design.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Ends it.</param>
    public static ClaimVerdict Validate(Claim claim, Network network, AcceleratorDesign design, Action<string> progress, CancellationToken cancellation)
    {
        progress($"{claim.Name}: {network.Name} on {design.Name}, every value checked");
        int frames = (design.Execution.FramesInFlight * design.Execution.Replicas) + 17;
        RunReport report = MachineRun.Execute(network, design, PatternFrames.Of(network.Input, frames), new RunOptions(frames), null, cancellation).Report;
        long outside = report.LatencyCycles - report.Layers.Sum(l => l.Cycles);
        progress($"{claim.Name}: smallest array, closed form over all geometries, then simulation");
        SmallestArraySearch search = new(network, design, outside, cancellation);
        ClaimLimit limit = ClaimLimit.Of(
            report, design.Clocks.ArrayKilohertz * 1000.0 / claim.FramesPerSecond, ClaimSensitivity.Of(network, design, outside, claim.FramesPerSecond));
        List<ClaimRow> rows = [];
        foreach (ClaimDefinition definition in (ClaimDefinition[])[ClaimDefinition.Latency, ClaimDefinition.Interval])
        {
            bool latency = definition == ClaimDefinition.Latency;
            ClaimTarget rate = new(definition, claim.FramesPerSecond, 0);
            rows.Add(Row(claim, FramesPerSecond, claim.FramesPerSecond, latency ? report.FpsByLatency : report.FpsByInterval!.Value, definition, report, search.Find(rate), limit));
            if (claim.Utilization is double share)
            {
                SmallestArray? smallest = search.Find(rate with { Utilization = share });
                rows.Add(Row(claim, Utilization, share, latency ? report.Utilization : report.UtilizationSteady!.Value, definition, report, smallest, limit));
            }
        }

        bool reached = report.Mismatches == 0 && rows.Where(r => r.Definition.EndsWith(Decides, StringComparison.Ordinal)).All(r => r.Reached);
        return new ClaimVerdict(claim, report, rows, reached);
    }

    private const string Decides = "decides the claim";

    private static ClaimRow Row(
        Claim claim, string quantity, double claimed, double measured, ClaimDefinition definition, RunReport report, SmallestArray? smallest, ClaimLimit limit) =>
        new(claim.Name, claim.Source, report.Network, quantity, claimed, measured, measured >= claimed, Text(claim, definition, report), (measured / claimed) - 1, smallest, limit);

    private static string Text(Claim claim, ClaimDefinition definition, RunReport report)
    {
        string what = definition == ClaimDefinition.Latency
            ? FormattableString.Invariant($"latency: one frame on the idle machine, {report.LatencyCycles} cycles")
            : FormattableString.Invariant($"interval: {report.FramesInFlight} frames in flight, {report.IntervalFraction} cycles");
        string conditions = FormattableString.Invariant(
            $"{what}; {report.Design}, {report.ClockMHz} MHz (clock not closed by place and route), {report.Lanes} lanes, input {report.InputShape}, {report.InputBits} bits, pruned {report.PruningRate:0.##}x");
        return $"{conditions}; {(definition == claim.Definition ? Decides : "for information")}";
    }
}
