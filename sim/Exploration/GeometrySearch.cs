using BcnnSim.Design;
using BcnnSim.Mapping;

namespace BcnnSim.Exploration;

/// <summary>
/// Ranks array geometries by the lane-operations per cycle that the worst network sustains, estimated by the closed form. Widths that must be multiples of a
/// large Po waste weights; geometries that force a network beyond <see cref="RateSlack"/> times the asked rate come last.
/// </summary>
public static class GeometrySearch
{
    /// <summary>A pruning rate up to this factor above the asked one counts as the asked one.</summary>
    public const double RateSlack = 1.25;

    /// <summary>Every geometry of the allowed lane counts on every dense network filter-pruned to the rate.</summary>
    /// <param name="design">Everything but the geometry; norm and pool lanes follow Po x 4.</param>
    /// <param name="dense">Dense shapes.</param>
    /// <param name="rate">Pruning rate.</param>
    /// <param name="minLanes">Fewest lanes.</param>
    /// <param name="maxLanes">Most lanes.</param>
    public static IReadOnlyList<IReadOnlyList<GeometryPoint>> Run(
        AcceleratorDesign design, IReadOnlyList<NetworkShape> dense, double rate, int minLanes, int maxLanes)
    {
        List<IReadOnlyList<GeometryPoint>> rows = [];
        foreach (int po in (int[])[1, 2, 4, 8, 16, 32])
        {
            List<(NetworkShape Dense, NetworkShape Pruned)> networks = [.. dense.Select(d => (d, FilterPrunedShape.Of(d, rate, po)))];
            foreach (int pp in (int[])[1, 2, 4, 8, 12, 16, 24, 32, 64])
            {
                for (int pi = 1; pi <= 64; pi++)
                {
                    int lanes = po * pp * pi;
                    if (lanes >= minLanes && lanes <= maxLanes)
                    {
                        AcceleratorDesign candidate = With(design, po, pp, pi);
                        bool feasible = BoardRules.Fits(candidate);
                        rows.Add([.. networks.Select(n => Point(candidate, n.Dense, n.Pruned, feasible))]);
                    }
                }
            }
        }

        return [.. rows.OrderBy(r => r.Any(p => p.PruningRate > RateSlack * rate || p.PruningRate < rate)).ThenByDescending(Worst).ThenBy(r => r[0].Po).ThenBy(r => r[0].Pp)];
    }

    /// <summary>Lane-operations per cycle of the worst network of a row.</summary>
    public static double Worst(IReadOnlyList<GeometryPoint> row) => row.Min(p => (double)p.LaneOperations / p.EstimatedCycles);

    private static AcceleratorDesign With(AcceleratorDesign design, int po, int pp, int pi) => design with
    {
        PeArray = design.PeArray with { OutputLanes = po, PixelLanes = pp, InputLanes = pi },
        Norm = design.Norm with { Lanes = 4 * po },
    };

    private static GeometryPoint Point(AcceleratorDesign design, NetworkShape dense, NetworkShape pruned, bool feasible)
    {
        IReadOnlyList<LayerPlan> plans = ShapePlans.Of(pruned, design);
        List<CycleEstimate> estimates = [.. plans.Select(p => CycleEstimate.Of(p, design))];
        long cycles = estimates.Sum(e => e.Cycles);
        PeArrayDesign pe = design.PeArray;
        double lanes = pe.OutputLanes * pe.PixelLanes * pe.InputLanes;
        return new GeometryPoint(
            pe.OutputLanes,
            pe.PixelLanes,
            pe.InputLanes,
            dense.Name,
            (double)dense.Weights / pruned.Weights,
            pruned.LaneOperations,
            plans.Sum(p => p.ArrayCycles),
            cycles,
            pruned.LaneOperations / (lanes * cycles),
            estimates.Count(e => e.Bound == "window"),
            estimates.Count(e => e.Bound == "norm"),
            feasible);
    }
}
