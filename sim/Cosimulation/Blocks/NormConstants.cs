using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Hardware.Axi;
using BcnnSim.Mapping;
using BcnnSim.Numerics;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>
/// Random constants of a norm in the layout of <see cref="ParameterImage"/>. Some channels are tiny, so that sums of exactly zero, halves and both sides of a
/// threshold are common; the others use the whole range, with shifts around the point where values begin to saturate.
/// </summary>
public sealed class NormConstants(StimulusRandom random, int largestSum)
{
    private const int LargestShift = 40;

    /// <summary>The proof of <see cref="FoldedNorm.FitsSigned48"/> holds: products below 2^45, a half below 2^40, so this leaves room.</summary>
    private const int ConstantBits = 46;

    /// <summary>Four coefficients, two constants or thresholds, two inversions, shift; fields that a kind does not have are 0 or unused noise.</summary>
    public Beat256 Channel(NormKind kind)
    {
        bool tiny = random.Between(0, 2) == 0;
        Span<uint> words = stackalloc uint[8];
        BitWriter writer = new(words);
        long gain = 0;
        for (int i = 0; i < 4; i++)
        {
            int a = kind == NormKind.Threshold || (kind == NormKind.Diagonal && i >= 2) ? 0 : Coefficient(tiny);
            gain += Math.Abs(a);
            writer.Append((ulong)a, 16);
        }

        long scale = (tiny ? 4 : largestSum) * gain;
        for (int part = 0; part < 2; part++)
        {
            long c = kind == NormKind.Threshold ? Threshold(tiny) : Constant(tiny, scale);
            writer.Append((ulong)c, 48);
        }

        writer.Append(kind == NormKind.Threshold ? random.Next() : 0, 2);
        writer.Append((ulong)Shift(tiny, scale), 6);
        writer.Append(random.Next(), 64);
        writer.Append(random.Next(), 24);
        writer.Flush();
        return new Beat256(Word(words, 0), Word(words, 1), Word(words, 2), Word(words, 3));
    }

    private static ulong Word(Span<uint> words, int i) => words[2 * i] | ((ulong)words[(2 * i) + 1] << 32);

    private int Coefficient(bool tiny) => tiny ? random.Between(-2, 2) : random.Between(0, 7) == 0 ? short.MinValue : random.Between(short.MinValue, short.MaxValue);

    private long Constant(bool tiny, long scale)
    {
        if (tiny)
        {
            return random.Between(-4, 4);
        }

        return random.Between(0, 3) switch
        {
            0 => Signed(ConstantBits),
            1 => 0,
            _ => Signed(ConstantBits) % (scale + 1),
        };
    }

    /// <summary>Among the sums, or where a threshold always or never holds.</summary>
    private long Threshold(bool tiny) => random.Between(0, 7) switch
    {
        0 => (1L << 47) - 1,
        1 => 1 - (1L << 47),
        2 => largestSum,
        _ => tiny ? random.Between(-3, 3) : random.Between(-largestSum, largestSum),
    };

    /// <summary>The largest sums end up near 2^15.</summary>
    private int Shift(bool tiny, long scale)
    {
        int bits = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)scale + 1);
        int shift = tiny ? random.Between(1, 3) : random.Between(0, 5) == 0 ? random.Between(1, LargestShift) : bits - 15 + random.Between(-4, 1);
        return Math.Clamp(shift, 1, LargestShift);
    }

    private long Signed(int bits) => (long)random.Next() >> (64 - bits);
}
