using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>Address generator of the line buffer: walks tiles, planes, kernel positions and channel words of one layer.</summary>
internal sealed class WindowAddresses(int pixelLanes)
{
    private readonly int[] baseY = new int[pixelLanes];
    private readonly int[] baseX = new int[pixelLanes];
    private LayerPlan? layer;
    private int tile;
    private int plane;
    private int kernelY;
    private int kernelX;

    /// <summary>Channel word of the coming step.</summary>
    public int Word { get; private set; }

    public int Plane => plane;

    public bool Active => layer is not null;

    /// <summary>True when the coming step is the first of a tile.</summary>
    public bool AtTileStart => plane == 0 && kernelY == 0 && kernelX == 0 && Word == 0;

    /// <summary>Taps the coming step delivers.</summary>
    public int Taps => layer!.SourceWordsPerPixel == 1
        ? Run * layer.Input.Channels
        : Math.Min(layer.SourceWordChannels, layer.Input.Channels - (Word * layer.SourceWordChannels));

    /// <summary>Kernel columns of the coming step.</summary>
    public int Run => Math.Min(layer!.KernelRun, layer.KernelWidth - kernelX);

    public void Begin(LayerPlan next)
    {
        layer = next;
        tile = 0;
        plane = 0;
        kernelY = 0;
        kernelX = 0;
        Word = 0;
        PlacePixels();
    }

    /// <summary>Raster index of each column and pixel lane at the coming step, -1 outside the map.</summary>
    public void Fill(int[] pixels)
    {
        int height = layer!.Input.Height;
        int width = layer.Input.Width;
        int run = Run;
        for (int p = 0; p < baseY.Length; p++)
        {
            int y = baseY[p] + kernelY;
            bool inside = (uint)y < (uint)height;
            for (int r = 0; r < run; r++)
            {
                int x = baseX[p] + kernelX + r;
                pixels[(r * baseY.Length) + p] = inside && (uint)x < (uint)width ? (y * width) + x : -1;
            }
        }
    }

    /// <summary>Moves on; the layer ends after its last tile.</summary>
    public void Advance()
    {
        if (++Word < layer!.SourceWordsPerPixel)
        {
            return;
        }

        Word = 0;
        kernelX += layer.KernelRun;
        if (kernelX < layer.KernelWidth)
        {
            return;
        }

        kernelX = 0;
        if (++kernelY < layer.KernelHeight)
        {
            return;
        }

        kernelY = 0;
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
