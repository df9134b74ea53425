using System.Globalization;

namespace BcnnSim.Design;

/// <summary>Board limits as rules: a design that needs more than the board offers cannot be built. All violations at once.</summary>
public static class BoardRules
{
    public static IReadOnlyList<Violation> Check(AcceleratorDesign design, string source)
    {
        ResourceEstimate estimate = ResourceEstimate.Of(design);
        return
        [
            .. ResourceEstimate.Against(estimate.Total, Board.Device)
                .Where(r => r.Need > r.Limit)
                .Select(r => new Violation(
                    source, r.Name, r.Need.ToString(CultureInfo.InvariantCulture), $"the {Board.Name} has {r.Limit.ToString(CultureInfo.InvariantCulture)} ({ResourceEstimate.Basis})", Remedy(r.Name, estimate))),
        ];
    }

    /// <summary>Whether the whole design fits the device by this estimate.</summary>
    public static bool Fits(AcceleratorDesign design) =>
        ResourceEstimate.Against(ResourceEstimate.Of(design).Total, Board.Device).All(r => r.Need <= r.Limit);

    private static string Remedy(string name, ResourceEstimate estimate)
    {
        ComponentResources largest = estimate.Components.MaxBy(c => ResourceEstimate.Against(c.Count, default).First(r => r.Name == name).Need)!;
        long need = ResourceEstimate.Against(largest.Count, default).First(r => r.Name == name).Need;
        return string.Create(CultureInfo.InvariantCulture, $"Reduce {largest.Component} first, it takes {need}: {largest.Formula}");
    }
}
