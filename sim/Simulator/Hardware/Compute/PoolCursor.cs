using BcnnSim.Mapping;
using BcnnSim.Networks;

namespace BcnnSim.Hardware.Compute;

/// <summary>Progress of a pooling unit through one layer: beats taken, cycles a wide beat still needs, pooled positions.</summary>
internal sealed class PoolCursor(int lanes, Func<LayerPlan, int> factor, Func<LayerPlan, MapShape> inputShape)
{
    private MapShape input;
    private long remaining;
    private int cyclesLeft;

    public LayerPlan? Layer { get; private set; }

    public bool Active => Layer is not null;

    /// <summary>k.</summary>
    public int Factor { get; private set; } = 1;

    public int Channels => input.Channels;

    /// <summary>A beat may be taken this cycle.</summary>
    public bool Ready => Active && cyclesLeft == 0;

    public void Begin(LayerPlan layer)
    {
        Layer = layer;
        Factor = factor(layer);
        input = inputShape(layer);
        remaining = (long)input.Pixels * input.Channels;
    }

    /// <summary>Accounts a beat: more values than lanes take more cycles.</summary>
    public void Take(int pixels, int channels)
    {
        int values = pixels * channels;
        remaining -= values;
        cyclesLeft = Factor == 1 ? 1 : (values + lanes - 1) / lanes;
    }

    /// <summary>End of a tick: one cycle of the beat in hand is over. True while more are needed.</summary>
    public bool Advance()
    {
        if (cyclesLeft > 0)
        {
            cyclesLeft--;
        }

        if (cyclesLeft == 0 && remaining == 0)
        {
            Layer = null;
        }

        return cyclesLeft > 0;
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
}
