using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>Address generator of the line buffer: walks tiles, planes and the planned reads (kernel positions and channel words) of one layer.</summary>
internal sealed class WindowAddresses(int pixelLanes)
{
    private readonly int[] baseY = new int[pixelLanes];
    private readonly int[] baseX = new int[pixelLanes];
    private LayerPlan? layer;
    private int tile;
    private int plane;
    private int step;

    /// <summary>The coming read.</summary>
    public WindowStep Step => layer!.Steps[step];

    public int Plane => plane;

    public bool Active => layer is not null;

    /// <summary>True when the coming step is the first of a tile.</summary>
    public bool AtTileStart => plane == 0 && step == 0;

    public void Begin(LayerPlan next)
    {
        layer = next;
        tile = 0;
        plane = 0;
        step = 0;
        PlacePixels();
    }

    /// <summary>Raster index of each column and pixel lane at the coming step, -1 outside the map and where no tap of a column is kept.</summary>
    public void Fill(int[] pixels)
    {
        int height = layer!.Input.Height;
        int width = layer.Input.Width;
        WindowStep now = Step;
        for (int r = 0; r < now.Run; r++)
        {
            bool read = now.Reads(r);
            for (int p = 0; p < baseY.Length; p++)
            {
                int y = baseY[p] + now.KernelY;
                int x = baseX[p] + now.KernelX + r;
                bool inside = read && (uint)y < (uint)height && (uint)x < (uint)width;
                pixels[(r * baseY.Length) + p] = inside ? (y * width) + x : -1;
            }
        }
    }

    /// <summary>Moves on; the layer ends after its last tile.</summary>
    public void Advance()
    {
        if (++step < layer!.Steps.Count)
        {
            return;
        }

        step = 0;
        if (++plane < layer.Planes)
        {
            return;
        }

        plane = 0;
        NextTile();
    }

    private void NextTile()
    {
        if (++tile < layer!.Tiles)
        {
            PlacePixels();
        }
        else
        {
            layer = null;
        }
    }

    /// <summary>Top left corner of each window; lanes beyond the last pixel are put where every tap is outside.</summary>
    private void PlacePixels()
    {
        int width = layer!.Convolution.Width;
        for (int p = 0; p < baseY.Length; p++)
        {
            int pixel = (tile * baseY.Length) + p;
            bool exists = pixel < layer.Convolution.Pixels;
            baseY[p] = exists ? (pixel / width * layer.StrideY) - layer.PaddingY : int.MinValue / 2;
            baseX[p] = (pixel % width * layer.StrideX) - layer.PaddingX;
        }
    }
}
