using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Compute;

/// <summary>Walks the (tile, group) pairs of one layer in schedule order.</summary>
internal sealed class TileCursor
{
    private LayerPlan? layer;
    private int tile;
    private int group;

    public bool Active => layer is not null;

    public TilePosition Position
    {
        get
        {
            int firstPixel = tile * layer!.Lanes.Pixel;
            int firstChannel = group * layer.Lanes.Output;
            return new TilePosition(
                firstPixel,
                Math.Min(layer.Lanes.Pixel, layer.Convolution.Pixels - firstPixel),
                firstChannel,
                Math.Min(layer.Lanes.Output, layer.Output.Channels - firstChannel));
        }
    }

    public void Begin(LayerPlan next)
    {
        layer = next;
        tile = 0;
        group = 0;
    }

    public void Advance()
    {
        if (++group < layer!.Groups)
        {
            return;
        }

        group = 0;
        if (++tile == layer.Tiles)
        {
            layer = null;
        }
    }
}
