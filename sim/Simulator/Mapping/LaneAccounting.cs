namespace BcnnSim.Mapping;

/// <summary>Where the lane-cycles of one layer go, exactly: the parts sum to ArrayCycles x lanes.</summary>
/// <param name="Useful">Unpadded, unmasked MACs, bit planes counted.</param>
/// <param name="Padding">Taps in the zero padding.</param>
/// <param name="Masked">Masked weights inside the map.</param>
/// <param name="TapRemainder">Lanes of the last word beyond T.</param>
/// <param name="ChannelRemainder">Lanes of the last group beyond Cout.</param>
/// <param name="PixelRemainder">Lanes of the last tile beyond the last pixel.</param>
public readonly record struct LaneAccounting(
    long Useful, long Padding, long Masked, long TapRemainder, long ChannelRemainder, long PixelRemainder)
{
    public static LaneAccounting Of(LayerPlan plan)
    {
        (int po, int pp, int pi) = plan.Lanes;
        long planes = plan.Planes;
        long pixels = plan.Convolution.Pixels;
        long last = plan.Sent.Of(plan.Groups - 1).Length;
        long sentLanes = pixels * po * plan.Sent.Total * pi;
        long channelRest = pixels * (((long)plan.Groups * po) - plan.Output.Channels) * last * pi;
        return new LaneAccounting(
            (plan.MultiplyAccumulates - plan.PaddedMultiplyAccumulates - plan.MaskedMultiplyAccumulates) * planes,
            plan.PaddedMultiplyAccumulates * planes,
            plan.MaskedMultiplyAccumulates * planes,
            (sentLanes - channelRest - plan.MultiplyAccumulates) * planes,
            channelRest * planes,
            (((long)plan.Tiles * pp) - pixels) * po * plan.Sent.Total * pi * planes);
    }

    public static LaneAccounting operator +(in LaneAccounting a, in LaneAccounting b) => new(
        a.Useful + b.Useful,
        a.Padding + b.Padding,
        a.Masked + b.Masked,
        a.TapRemainder + b.TapRemainder,
        a.ChannelRemainder + b.ChannelRemainder,
        a.PixelRemainder + b.PixelRemainder);
}
