namespace BcnnSim.Design;

/// <summary>First estimate of what a design takes of the board, component by component: pure function of the design.</summary>
/// <param name="Components">In the order data flows.</param>
/// <param name="Total">Their sum.</param>
public sealed record ResourceEstimate(IReadOnlyList<ComponentResources> Components, ResourceCount Total)
{
    /// <summary>What the figures are worth; stands beside them everywhere.</summary>
    public const string Basis = "first estimate, no place and route";

    public static ResourceEstimate Of(AcceleratorDesign design)
    {
        List<ComponentResources> components = [.. ComputeCost.Of(design), .. BufferCost.Of(design), .. PathCost.Of(design)];
        int copies = design.Execution.Replicas - 1;
        if (copies > 0)
        {
            components.Add(new ComponentResources("replicas", copies * components.Aggregate(default(ResourceCount), (sum, c) => sum + c.Count), $"{copies} more of all of the above; arbiters of shared pseudo-channels not estimated"));
        }

        return new ResourceEstimate(components, components.Aggregate(default(ResourceCount), (sum, c) => sum + c.Count));
    }

    /// <summary>Name, need and limit of every primitive, in the order of <see cref="ResourceCount"/>.</summary>
    public static IEnumerable<(string Name, long Need, long Limit)> Against(ResourceCount need, ResourceCount limit) =>
    [
        ("LUT", need.Lut, limit.Lut),
        ("FF", need.Ff, limit.Ff),
        ("BRAM36", need.Bram36, limit.Bram36),
        ("URAM", need.Uram, limit.Uram),
        ("DSP", need.Dsp, limit.Dsp),
    ];
}
