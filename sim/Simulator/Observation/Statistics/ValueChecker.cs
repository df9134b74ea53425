using BcnnSim.Hardware.Compute;
using BcnnSim.Networks;

namespace BcnnSim.Observation.Statistics;

/// <summary>
/// Compares the 16-bit values of one layer, frame after frame, with the reference as they leave the residual unit, and at the end of each frame
/// the counts of saturated components.
/// </summary>
/// <param name="components">2 x pixels x channels of the layer's map.</param>
internal sealed class ValueChecker(long components)
{
    private long seen;
    private long normSaturations;
    private long addSaturations;

    /// <summary>Frame the next value belongs to.</summary>
    public int Frame => (int)(seen / components);

    /// <summary>Components compared so far.</summary>
    public long Seen => seen;

    /// <summary>Whether the last block ended a frame.</summary>
    public bool AtFrameEnd => seen % components == 0;

    /// <summary>Components of <paramref name="block"/> that differ, and at the end of the frame counters that differ.</summary>
    public long Compare(ValueBlock block, ReferenceMap map)
    {
        (short[] re, short[] im) = map.Values ?? throw new InvalidOperationException($"layer {map.Layer} has no values");
        long different = 0;
        for (int p = 0; p < block.Pixels; p++)
        {
            int from = p * block.Channels;
            int at = (block.PixelIndex[p] * map.Shape.Channels) + block.FirstChannel;
            for (int o = 0; o < block.Channels; o++)
            {
                different += (block.Re[from + o] == re[at + o] ? 0 : 1) + (block.Im[from + o] == im[at + o] ? 0 : 1);
            }
        }

        seen += 2L * block.Pixels * block.Channels;
        normSaturations += block.NormSaturations;
        addSaturations += block.AddSaturations;
        return AtFrameEnd ? different + EndFrame(map) : different;
    }

    private long EndFrame(ReferenceMap map)
    {
        long different = (normSaturations == map.NormSaturations ? 0 : 1) + (addSaturations == map.ResidualSaturations ? 0 : 1);
        normSaturations = 0;
        addSaturations = 0;
        return different;
    }
}
