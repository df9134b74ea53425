namespace BcnnSim.Trainer.Kernels;

/// <summary>A sliding window over a map [Height, Width, Lanes]; lanes are real numbers (2 per complex channel).</summary>
public readonly record struct WindowShape(
    int Height, int Width, int Lanes, int KernelHeight, int KernelWidth, int StrideY, int StrideX, int PaddingY, int PaddingX)
{
    public int OutHeight => ((Height + (2 * PaddingY) - KernelHeight) / StrideY) + 1;

    public int OutWidth => ((Width + (2 * PaddingX) - KernelWidth) / StrideX) + 1;

    public int OutPixels => OutHeight * OutWidth;

    /// <summary>Columns of one patch row.</summary>
    public int RowLength => KernelHeight * KernelWidth * Lanes;

    /// <summary>Without padding, a 1x1 window without stride, or one as large as the map: the map is its own patch matrix.</summary>
    public bool IsIdentity => PaddingY == 0 && PaddingX == 0 &&
        ((KernelHeight == 1 && KernelWidth == 1 && StrideY == 1 && StrideX == 1) || (KernelHeight == Height && KernelWidth == Width));

    /// <summary>Left edge of output column <paramref name="ox"/> and the kernel columns [First, Last) inside the map.</summary>
    public (int Left, int First, int Last) Columns(int ox)
    {
        int left = (ox * StrideX) - PaddingX;
        return (left, Math.Clamp(-left, 0, KernelWidth), Math.Clamp(Width - left, 0, KernelWidth));
    }
}
