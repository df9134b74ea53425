using BcnnSim.Design;
using BcnnSim.Reporting;

namespace BcnnSim.Exploration;

/// <summary>What keeps the named design from more, and what it costs.</summary>
/// <param name="Summary">In one sentence.</param>
/// <param name="Layer">Layer with most cycles.</param>
/// <param name="LayerShare">Its share of the frame's latency.</param>
/// <param name="Bound">What limits that layer: compute, window, norm.</param>
/// <param name="FullLanesCycles">Cycles if every lane worked in every cycle: no schedule on these lanes is faster.</param>
/// <param name="Losses">Shares of lanes x latency cycles.</param>
/// <param name="Stalls">Array cycles lost over the layers, by channel.</param>
/// <param name="Resources">What the named design takes of the board.</param>
/// <param name="ResourceBasis">What the resource figures are worth.</param>
/// <param name="Decides">Width of the first layer, input bits and clock, each changed alone.</param>
public sealed record ClaimLimit(
    string Summary,
    string Layer,
    double LayerShare,
    string Bound,
    double FullLanesCycles,
    LossReport Losses,
    IReadOnlyDictionary<string, long> Stalls,
    ResourceCount Resources,
    string ResourceBasis,
    IReadOnlyList<SensitivityRow> Decides)
{
    public static ClaimLimit Of(RunReport report, double claimedCycles, IReadOnlyList<SensitivityRow> decides)
    {
        LayerReport largest = report.Layers.MaxBy(l => l.Cycles)!;
        double full = report.Layers.Sum(l => l.IdealCycles);
        SortedDictionary<string, long> stalls = new(StringComparer.Ordinal);
        foreach ((string reason, long cycles) in report.Layers.SelectMany(l => l.StallCycles))
        {
            stalls[reason] = stalls.GetValueOrDefault(reason) + cycles;
        }

        double share = (double)largest.Cycles / report.LatencyCycles;
        (string loss, double part) = Largest(report.Losses);
        string summary = full > claimedCycles
            ? FormattableString.Invariant($"too few lanes: {full:N0} cycles with every lane at work, the claim allows {claimedCycles:N0}; {largest.Name} takes {share:P1} of the frame")
            : FormattableString.Invariant($"{largest.Name} takes {share:P1} of the frame and is {largest.Bound} bound; largest loss: {loss} {part:P1} of lanes x cycles; {full:N0} cycles with every lane at work, the claim allows {claimedCycles:N0}");
        return new ClaimLimit(
            summary, largest.Name, share, largest.Bound, full, report.Losses, stalls, report.Resources.Total, report.Resources.Basis, decides);
    }

    private static (string Name, double Share) Largest(LossReport l)
    {
        (string Name, double Share)[] losses =
        [
            ("padding", l.Padding), ("tap remainder", l.TapRemainder), ("channel remainder", l.ChannelRemainder), ("pixel remainder", l.PixelRemainder),
            ("masked weights", l.MaskedWeights), ("stall", l.Stall),
        ];
        return losses.MaxBy(x => x.Share);
    }
}
