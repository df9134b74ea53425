namespace BcnnSim.Reporting;

/// <summary>Why lanes did not work, as shares of lanes x cycles; with effective utilization they sum to 1.</summary>
/// <param name="Padding">Taps in the zero padding.</param>
/// <param name="TapRemainder">Lanes of the last word beyond T.</param>
/// <param name="ChannelRemainder">Lanes of the last group beyond Cout.</param>
/// <param name="PixelRemainder">Lanes of the last tile beyond the last pixel.</param>
/// <param name="MaskedWeights">Lanes whose weight is pruned but not removed.</param>
/// <param name="Stall">Cycles in which the array did not work.</param>
public sealed record LossReport(
    double Padding, double TapRemainder, double ChannelRemainder, double PixelRemainder, double MaskedWeights, double Stall);
