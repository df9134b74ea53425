using System.Numerics;

namespace BcnnSim.Mapping;

/// <summary>One read of the line buffer per pixel: one channel word of neighbouring kernel columns, and which of its taps are kept.</summary>
/// <param name="KernelY">Kernel row.</param>
/// <param name="KernelX">First kernel column.</param>
/// <param name="Run">Kernel columns.</param>
/// <param name="Word">Channel word.</param>
/// <param name="Taps">Taps the read delivers, 1..64: columns x channels, column by column.</param>
/// <param name="Keep">Bit t: tap t of them is kept; at least one.</param>
public readonly record struct WindowStep(int KernelY, int KernelX, int Run, int Word, int Taps, ulong Keep)
{
    /// <summary>Taps the gearbox appends.</summary>
    public int Kept => BitOperations.PopCount(Keep);

    /// <summary>Channels of one kernel column.</summary>
    public int Channels => Taps / Run;

    /// <summary>Bits of the taps of kernel column KernelX + <paramref name="column"/>.</summary>
    public ulong ColumnMask(int column) => (Channels == 64 ? ulong.MaxValue : (1UL << Channels) - 1) << (column * Channels);

    /// <summary>Whether a kept tap lies in kernel column KernelX + <paramref name="column"/>: only then is it read.</summary>
    public bool Reads(int column) => (Keep & ColumnMask(column)) != 0;
}
