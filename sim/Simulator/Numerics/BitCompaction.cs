using System.Runtime.Intrinsics.X86;

namespace BcnnSim.Numerics;

/// <summary>Gathers the bits of a word that a mask selects at its low end, in order.</summary>
public static class BitCompaction
{
    /// <summary>Bit i of the result is the bit of <paramref name="value"/> at the i-th one of <paramref name="mask"/>.</summary>
    public static ulong Extract(ulong value, ulong mask) => Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitExtract(value, mask) : ExtractBitByBit(value, mask);

    /// <summary>The same without the instruction.</summary>
    public static ulong ExtractBitByBit(ulong value, ulong mask)
    {
        ulong result = 0;
        for (int at = 0; mask != 0; at++, mask &= mask - 1)
        {
            ulong lowest = mask & (0 - mask);
            result |= (value & lowest) != 0 ? 1UL << at : 0;
        }

        return result;
    }
}
