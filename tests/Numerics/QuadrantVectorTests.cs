using BcnnSim.Numerics;
using Xunit;

namespace BcnnSim.Tests.Numerics;

public sealed class QuadrantVectorTests
{
    private const int Seed = 31;

    [Fact]
    public void Long_vectors_equal_the_word_by_word_definition_at_every_length()
    {
        Random random = new(Seed);
        for (int words = 0; words <= 70; words++)
        {
            ulong[][] v = [.. Enumerable.Range(0, 5).Select(_ => Words(random, words))];
            ComplexSum expected = Slow(v, words);
            Assert.True(expected == QuadrantDot.Long(v[0], v[1], v[2], v[3], v[4]), $"seed {Seed}, words {words}");
            Assert.True(expected == QuadrantDot.Scalar(v[0], v[1], v[2], v[3], v[4]), $"seed {Seed}, words {words}, scalar");
            if (BytePopulation.IsHalf && words % 4 == 0)
            {
                Assert.True(expected == QuadrantDot.Half(v[0], v[1], v[2], v[3], v[4]), $"seed {Seed}, words {words}, 256 bits");
            }
        }
    }

    /// <summary>All lanes 2i: the largest sum there is, far beyond a byte or a 16-bit counter.</summary>
    [Fact]
    public void Long_vectors_do_not_overflow_their_byte_counters()
    {
        ulong[] ones = new ulong[4000];
        Array.Fill(ones, ulong.MaxValue);
        Assert.Equal(new ComplexSum(0, 2 * 64 * 4000), QuadrantDot.Long(ones, ones, ones, ones, ones));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(64)]
    public void A_tile_equals_the_definition_for_every_geometry(int lanes)
    {
        Random random = new(Seed + lanes);
        foreach (int pixels in new[] { 0, 8, 16, 24, 32, 40, 64, 72 })
        {
            for (int outputs = 0; outputs <= 18; outputs++)
            {
                CheckTile(random, lanes, outputs, pixels);
            }
        }
    }

    [Fact]
    public void A_tile_refuses_vectors_that_do_not_fit_together()
    {
        ulong[] four = new ulong[4];
        ulong[] eight = new ulong[8];
        Assert.Throws<ArgumentException>(() => QuadrantDot.Tile(8, four, four, four, four, four, four, new int[16], new int[16]));
        Assert.Throws<ArgumentException>(() => QuadrantDot.Tile(8, four, four, four, eight, eight, eight, new int[31], new int[32]));
        Assert.Throws<ArgumentException>(() => QuadrantDot.Tile(8, four, eight, four, eight, eight, eight, new int[32], new int[32]));
    }

    private static void CheckTile(Random random, int lanes, int outputs, int pixels)
    {
        ulong mask = QuadrantWord.LaneMask(lanes);
        ulong[] wRe = Words(random, outputs);
        ulong[] wIm = Words(random, outputs);
        ulong[] wMask = [.. Words(random, outputs).Select(m => random.Next(2) == 0 ? mask : m & mask)];
        ulong[] vRe = Words(random, pixels);
        ulong[] vIm = Words(random, pixels);
        ulong[] vMask = [.. Words(random, pixels).Select(m => random.Next(2) == 0 ? mask : m & mask)];
        int[] re = new int[(outputs * pixels) + 1];
        int[] im = new int[(outputs * pixels) + 1];
        re[^1] = im[^1] = 77;
        QuadrantDot.Tile(lanes, wRe, wIm, wMask, vRe, vIm, vMask, re, im);
        int[] scalarRe = new int[re.Length];
        int[] scalarIm = new int[im.Length];
        QuadrantDot.TileScalar(new(wRe, wIm, wMask), new(vRe, vIm, vMask), scalarRe, scalarIm);
        for (int i = 0; i < outputs * pixels; i++)
        {
            (int o, int p) = (i / pixels, i % pixels);
            ComplexSum expected = SlowDot.Word(new QuadrantWord(wRe[o], wIm[o], wMask[o]), new QuadrantWord(vRe[p], vIm[p], vMask[p]));
            string context = $"seed {Seed + lanes}, lanes {lanes}, outputs {outputs}, pixels {pixels}, at ({o},{p})";
            Assert.True(expected == new ComplexSum(re[i], im[i]), context);
            Assert.True(expected == new ComplexSum(scalarRe[i], scalarIm[i]), context + " scalar");
        }

        Assert.Equal((77, 77), (re[^1], im[^1]));
    }

    private static ulong[] Words(Random random, int count)
    {
        ulong[] words = new ulong[count];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }

    private static ComplexSum Slow(ulong[][] v, int words)
    {
        ComplexSum sum = default;
        for (int i = 0; i < words; i++)
        {
            sum += SlowDot.Word(new QuadrantWord(v[0][i], v[1][i], v[4][i]), new QuadrantWord(v[2][i], v[3][i], v[4][i]));
        }

        return sum;
    }
}
