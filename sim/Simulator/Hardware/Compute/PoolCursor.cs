using BcnnSim.Mapping;
using BcnnSim.Networks;

namespace BcnnSim.Hardware.Compute;

/// <summary>
/// Progress of a pooling unit through one layer: cycles spent on the beat at the head of its input, pooled positions. A unit with fewer
/// lanes than a beat works pixel by pixel like the drain in front of it, and the beat leaves in its last cycle.
/// </summary>
internal sealed class PoolCursor(int lanes, int beatChannels, Func<LayerPlan, int> factor, Func<LayerPlan, MapShape> inputShape)
{
    private readonly int lanePixels = Math.Max(1, lanes / beatChannels);
    private readonly int laneChannels = Math.Min(lanes, beatChannels);
    private MapShape input;
    private long remaining;
    private int done;

    public LayerPlan? Layer { get; private set; }

    public bool Active => Layer is not null;

    /// <summary>k.</summary>
    public int Factor { get; private set; } = 1;

    public int Channels => input.Channels;

    /// <summary>Nothing but space behind the unit is missing for the beat in hand.</summary>
    public bool Waiting { get; private set; }

    public void Begin(LayerPlan layer)
    {
        Layer = layer;
        Factor = factor(layer);
        input = inputShape(layer);
        remaining = (long)input.Pixels * input.Channels;
    }

    /// <summary>Whether the coming cycle is the last of the beat at the head.</summary>
    public bool Finishes(int pixels, int channels) => done + 1 >= Cycles(pixels, channels);

    /// <summary>One cycle on the beat at the head. True in its last cycle if there is space: it is to be taken now.</summary>
    public bool Work(int pixels, int channels, bool space)
    {
        bool last = Finishes(pixels, channels);
        Waiting = last && !space;
        done += last ? 0 : 1;
        return last && space;
    }

    /// <summary>Accounts a beat taken; the layer ends with its last value.</summary>
    public void Take(int pixels, int channels)
    {
        done = 0;
        remaining -= (long)pixels * channels;
        if (remaining == 0)
        {
            Layer = null;
        }
    }

    public PoolStep Step(int pixel)
    {
        int y = pixel / input.Width;
        int x = pixel % input.Width;
        int row = y / Factor;
        int column = x / Factor;
        int dy = y - (row * Factor);
        int dx = x - (column * Factor);
        return new PoolStep(
            dy == 0 && dx == 0,
            dy == Factor - 1 && dx == Factor - 1,
            column,
            (row * (input.Width / Factor)) + column);
    }

    private int Cycles(int pixels, int channels) =>
        Factor == 1 ? 1 : (pixels + lanePixels - 1) / lanePixels * ((channels + laneChannels - 1) / laneChannels);
}
