using BcnnSim.Numerics;
using Xunit;

namespace BcnnSim.Tests.Numerics;

public sealed class QuadrantDotTests
{
    /// <summary>Every combination of weight, value and mask of one and two lanes, against the integer definition.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void All_kinds_equal_the_integer_product_exhaustively(int lanes)
    {
        int codes = 1 << lanes;
        for (int bits = 0; bits < 1 << (6 * lanes); bits++)
        {
            ulong[] part = new ulong[6];
            for (int i = 0; i < 6; i++)
            {
                part[i] = (ulong)((bits >> (i * lanes)) % codes);
            }

            Check(new QuadrantWord(part[0], part[1], part[2]), new QuadrantWord(part[3], part[4], part[5]), $"lanes {lanes}, case {bits}");
        }
    }

    [Fact]
    public void All_kinds_equal_the_integer_product_exhaustively_for_three_unmasked_lanes()
    {
        for (uint bits = 0; bits < 1 << 12; bits++)
        {
            Check(new QuadrantWord(bits & 7, (bits >> 3) & 7, 7), new QuadrantWord((bits >> 6) & 7, (bits >> 9) & 7, 7), $"case {bits}");
        }
    }

    [Fact]
    public void All_kinds_agree_on_random_words_of_every_width()
    {
        const int Seed = 20;
        Random random = new(Seed);
        for (int lanes = 0; lanes <= 64; lanes++)
        {
            for (int i = 0; i < 50; i++)
            {
                ulong mask = QuadrantWord.LaneMask(lanes);
                QuadrantWord w = new((ulong)random.NextInt64(), (ulong)random.NextInt64(), mask & (ulong)random.NextInt64(long.MinValue, long.MaxValue));
                QuadrantWord v = new((ulong)random.NextInt64(long.MinValue, long.MaxValue), (ulong)random.NextInt64(), mask);
                Check(w, v, $"seed {Seed}, lanes {lanes}");
            }
        }
    }

    /// <summary>The four products of 1+i with the quadrants are 2i, -2, -2i, 2: known by hand.</summary>
    [Theory]
    [InlineData(1, 1, 0, 2)]
    [InlineData(0, 1, -2, 0)]
    [InlineData(0, 0, 0, -2)]
    [InlineData(1, 0, 2, 0)]
    public void One_lane_gives_the_known_product(ulong x, ulong y, int re, int im)
    {
        foreach (PeKind kind in Enum.GetValues<PeKind>())
        {
            Assert.Equal(new ComplexSum(re, im), QuadrantDot.Word(kind, new QuadrantWord(1, 1, 1), new QuadrantWord(x, y, 1)));
        }
    }

    [Fact]
    public void Turned_bits_are_the_signs_of_the_product_times_1_plus_i()
    {
        for (uint code = 0; code < 16; code++)
        {
            (ulong a, ulong b, ulong x, ulong y) = (code & 1, (code >> 1) & 1, (code >> 2) & 1, code >> 3);
            (long re, long im) = SlowDot.Lane(a, b, x, y);
            (long turnedRe, long turnedIm) = ((re - im) / 2, (re + im) / 2);
            Assert.Equal(1, Math.Abs(turnedRe));
            Assert.Equal(1, Math.Abs(turnedIm));
            Assert.Equal(turnedRe > 0, (QuadrantDot.TurnedReBit(a, b, x, y) & 1) == 1);
            Assert.Equal(turnedIm > 0, (QuadrantDot.TurnedImBit(a, b, x, y) & 1) == 1);
        }
    }

    private static void Check(QuadrantWord w, QuadrantWord v, string context)
    {
        ComplexSum expected = SlowDot.Word(w, v);
        foreach (PeKind kind in Enum.GetValues<PeKind>())
        {
            Assert.True(expected == QuadrantDot.Word(kind, w, v), $"{context}, {kind}: {QuadrantDot.Word(kind, w, v)} instead of {expected}");
        }
    }
}
