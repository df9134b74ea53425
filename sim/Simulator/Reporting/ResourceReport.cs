using BcnnSim.Design;

namespace BcnnSim.Reporting;

/// <summary>What a design takes of the board: a first estimate by stated formulas, no place and route.</summary>
/// <param name="Basis">What the figures are worth.</param>
/// <param name="Board">Board they stand against.</param>
/// <param name="Source">Where the limits come from.</param>
/// <param name="Total">Sum over the components.</param>
/// <param name="Device">All the device has.</param>
/// <param name="PracticalFill">Usable in all SLRs at practical fill: more may not route.</param>
/// <param name="PracticalFillOfFirstRegion">The same of SLR 0, where the HBM is.</param>
/// <param name="Components">One per block, with its formula.</param>
public sealed record ResourceReport(
    string Basis,
    string Board,
    string Source,
    ResourceCount Total,
    ResourceCount Device,
    ResourceCount PracticalFill,
    ResourceCount PracticalFillOfFirstRegion,
    IReadOnlyList<ComponentResources> Components)
{
    public static ResourceReport Of(AcceleratorDesign design)
    {
        ResourceEstimate estimate = ResourceEstimate.Of(design);
        return new ResourceReport(
            ResourceEstimate.Basis, Design.Board.Name, Design.Board.Source, estimate.Total, Design.Board.Device, Design.Board.Practical,
            Design.Board.PracticalFirstRegion, estimate.Components);
    }
}
