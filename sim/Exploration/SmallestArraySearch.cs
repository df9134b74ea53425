using BcnnSim.Design;
using BcnnSim.Networks;

namespace BcnnSim.Exploration;

/// <summary>
/// Smallest array that reaches a target. The closed form is a bound from below: an array that misses by it cannot reach; those that reach by it are
/// simulated, fewest lanes first, until one does. The two best arrays with fewer lanes are simulated as well.
/// </summary>
public sealed class SmallestArraySearch
{
    /// <summary>What is searched, in words.</summary>
    public const string Space = "Po a power of two to 32, Pp one of 1 2 4 6 8 12 16 24 32 48 64, Pi 1 to 64, at most 4,096 lanes";

    /// <summary>Largest array searched.</summary>
    public const int MaxLanes = 4096;

    /// <summary>Most simulations of one search.</summary>
    public const int MaxSimulations = 40;

    private readonly Network network;
    private readonly AcceleratorDesign design;
    private readonly CancellationToken cancellation;
    private readonly List<(ArrayGeometry Geometry, AcceleratorDesign Design, ClosedForm Form)> candidates = [];
    private readonly long outsideCycles;

    /// <param name="network">Evidence.</param>
    /// <param name="design">Everything but the array.</param>
    /// <param name="outsideCycles">Cycles of a frame outside of layers, from the simulation of the named design.</param>
    /// <param name="cancellation">Ends the search.</param>
    public SmallestArraySearch(Network network, AcceleratorDesign design, long outsideCycles, CancellationToken cancellation)
    {
        this.network = network;
        this.design = design;
        this.outsideCycles = outsideCycles;
        this.cancellation = cancellation;
        foreach (ArrayGeometry geometry in ArrayGeometry.UpTo(MaxLanes))
        {
            cancellation.ThrowIfCancellationRequested();
            AcceleratorDesign candidate = geometry.In(design, network);
            if (ClosedForm.Of(network, candidate) is ClosedForm form)
            {
                candidates.Add((geometry, candidate, form));
            }
        }
    }

    /// <summary>Null if no array up to <see cref="MaxLanes"/> that fits the board reaches it, or if <see cref="MaxSimulations"/> did not find one.</summary>
    public SmallestArray? Find(ClaimTarget target)
    {
        List<SimulatedPoint> tried = [];
        foreach (var candidate in candidates.Where(c => MayReach(c, target) && BoardRules.Fits(c.Design)).OrderBy(c => c.Geometry.Lanes).ThenBy(c => Cycles(c, target)).Take(MaxSimulations))
        {
            SimulatedPoint point = SimulatedPoint.Of(candidate.Geometry, candidate.Design, network, target, cancellation);
            if (point.Reached)
            {
                tried.AddRange(Below(candidate.Geometry.Lanes, target));
                ResourceCount resources = ResourceEstimate.Of(candidate.Design).Total;
                return new SmallestArray(
                    point, design.Clocks.ArrayKilohertz / 1000.0, $"closed form over {Space}; this array and its neighbours simulated", resources, ResourceEstimate.Basis,
                    [.. tried.DistinctBy(p => (p.OutputLanes, p.PixelLanes, p.InputLanes)).OrderBy(p => p.Lanes).ThenBy(p => p.Cycles)]);
            }

            tried.Add(point);
        }

        return null;
    }

    /// <summary>The two fastest arrays with fewer lanes.</summary>
    private IEnumerable<SimulatedPoint> Below(int lanes, ClaimTarget target) => candidates
        .Where(c => c.Geometry.Lanes < lanes)
        .OrderBy(c => Cycles(c, target)).ThenBy(c => c.Geometry.Lanes)
        .Take(2)
        .Select(c => SimulatedPoint.Of(c.Geometry, c.Design, network, target, cancellation));

    private long Cycles((ArrayGeometry Geometry, AcceleratorDesign Design, ClosedForm Form) candidate, ClaimTarget target) =>
        target.Definition == Reporting.ClaimDefinition.Latency ? candidate.Form.Latency(outsideCycles) : candidate.Form.Interval / design.Execution.Replicas;

    private bool MayReach((ArrayGeometry Geometry, AcceleratorDesign Design, ClosedForm Form) candidate, ClaimTarget target)
    {
        double cycles = Cycles(candidate, target);
        double rate = design.Clocks.ArrayKilohertz * 1000.0 / cycles;
        double utilization = candidate.Form.LaneOperations / (candidate.Geometry.Lanes * cycles * (target.Definition == Reporting.ClaimDefinition.Latency ? 1 : design.Execution.Replicas));
        return rate >= target.FramesPerSecond && utilization >= target.Utilization;
    }
}
