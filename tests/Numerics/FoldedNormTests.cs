using BcnnSim.Numerics;
using Xunit;

namespace BcnnSim.Tests.Numerics;

public sealed class FoldedNormTests
{
    private const long Signed48 = 1L << 47;

    /// <summary>Every accumulator of a layer with |acc| up to 40, every factor up to 7 and every constant that can decide anything there.</summary>
    [Fact]
    public void Threshold_form_equals_the_diagonal_for_every_accumulator()
    {
        for (short factor = -7; factor <= 7; factor++)
        {
            for (long constant = -300; constant <= 300; constant++)
            {
                CheckEveryAccumulator(factor, constant, 40);
            }
        }
    }

    [Fact]
    public void Threshold_form_equals_the_diagonal_over_a_wide_range()
    {
        const int Seed = 44;
        Random random = new(Seed);
        for (int i = 0; i < 40; i++)
        {
            short factor = i switch
            {
                0 => short.MinValue,
                1 => short.MaxValue,
                _ => (short)random.Next(short.MinValue, short.MaxValue + 1),
            };
            long span = Math.Abs((long)factor) * 20_000;
            CheckEveryAccumulator(factor, random.NextInt64(-span, span + 1), 20_000);
        }
    }

    [Theory]
    [InlineData(3, 7, -2, 0)]
    [InlineData(3, -7, 3, 0)]
    [InlineData(3, 6, -2, 0)]
    [InlineData(-3, 7, 3, 1)]
    [InlineData(-3, -7, -2, 1)]
    [InlineData(-3, 6, 3, 1)]
    [InlineData(0, 0, -140737488355327, 0)]
    [InlineData(0, -1, 140737488355327, 0)]
    [InlineData(-1, 140737488355327, 140737488355327, 1)]
    public void Thresholds_are_those_of_the_definition(short factor, long constant, long t, byte d)
    {
        FoldedNorm norm = FoldedNorm.Diagonal([factor, factor], [constant, constant]).ToThreshold();
        Assert.Equal([t, t], norm.T);
        Assert.Equal([d, d], norm.D);
    }

    [Fact]
    public void Only_a_diagonal_norm_has_a_threshold_form()
        => Assert.Throws<InvalidOperationException>(() => FoldedNorm.Complex([1, 0, 0, 1], [0, 0]).ToThreshold());

    /// <summary>floor(y / 2^s + 1/2), saturated: the sign of a rounded value is not the sign of y, so it has no threshold form of its own.</summary>
    [Fact]
    public void Values_round_half_up_and_saturate()
    {
        FoldedNorm norm = FoldedNorm.Complex([1, 0, 0, 1], [0, 0], [3]);
        Assert.Equal(((short)1, (short)0), norm.Values(0, 4, 3));
        Assert.Equal(((short)0, (short)-1), norm.Values(0, -4, -5));
        Assert.Equal((short.MaxValue, short.MinValue), norm.Values(0, 1 << 20, -(1 << 20)));
        Assert.Equal(1, norm.Bits(0, -4, -5));
        Assert.Throws<InvalidOperationException>(() => FoldedNorm.Diagonal([1, 1], [0, 0], [3]).ToThreshold());
    }

    [Fact]
    public void The_half_that_rounds_belongs_to_the_range_proof()
    {
        long constant = (1L << 47) - 1 - (1L << 39);
        Assert.Equal(-1, FoldedNorm.Diagonal([0, 0], [constant, 0], [40]).FirstUnprovenRow(1));
        Assert.Equal(0, FoldedNorm.Diagonal([0, 0], [constant + 1, 0], [40]).FirstUnprovenRow(1));
    }

    [Fact]
    public void A_zero_sum_is_positive()
    {
        Assert.Equal(3, FoldedNorm.Complex([1, 1, 1, -1], [0, 0]).Bits(0, 0, 0));
        Assert.Equal(3, FoldedNorm.Diagonal([1, -1], [0, 0]).Bits(0, 0, 0));
        Assert.Equal(2, FoldedNorm.Complex([1, 1, 1, -1], [-1, 0]).Bits(0, 0, 0));
    }

    [Fact]
    public void Real_and_imaginary_rows_of_each_channel_use_their_own_numbers()
    {
        FoldedNorm norm = FoldedNorm.Complex([0, 0, 0, 0, 1, 0, 0, 1], [-1, 0, -5, -6]);
        Assert.Equal(2, norm.Bits(0, 9, 9));
        Assert.Equal(1, norm.Bits(1, 5, 5));
        Assert.Equal(2, norm.Bits(1, 4, 6));
        FoldedNorm threshold = FoldedNorm.Threshold([1, 1, 5, 6], [0, 1, 0, 1]);
        Assert.Equal(2, threshold.Bits(0, 0, 0));
        Assert.Equal(1, threshold.Bits(0, 1, 1));
        Assert.Equal(3, threshold.Bits(1, 5, 5));
    }

    [Fact]
    public void The_range_proof_is_tight()
    {
        FoldedNorm norm = FoldedNorm.Complex([3, -4, short.MinValue, 0], [Signed48 - 1 - 70, 0]);
        Assert.True(norm.FitsSigned48(0, 10));
        Assert.False(norm.FitsSigned48(0, 11));
        Assert.Equal(0, norm.FirstUnprovenRow(11));
        Assert.Equal(-1, norm.FirstUnprovenRow(10));
        long most = (Signed48 - 1) / 32768;
        Assert.True(norm.FitsSigned48(1, most));
        Assert.False(norm.FitsSigned48(1, most + 1));
        FoldedNorm diagonal = FoldedNorm.Diagonal([1, -2], [0, 5 - Signed48]);
        Assert.Equal(1, diagonal.FirstUnprovenRow(3));
        Assert.Equal(-1, diagonal.FirstUnprovenRow(2));
    }

    [Fact]
    public void Norms_that_contradict_themselves_are_not_built()
    {
        Assert.Throws<ArgumentException>(() => FoldedNorm.Complex([1, 2, 3], [0, 0]));
        Assert.Throws<ArgumentException>(() => FoldedNorm.Complex([1, 2, 3, 4], [0]));
        Assert.Throws<ArgumentException>(() => FoldedNorm.Diagonal([1, 2, 3], [0, 0]));
        Assert.Throws<ArgumentException>(() => FoldedNorm.Diagonal([1, 2], [0, Signed48]));
        Assert.Throws<ArgumentException>(() => FoldedNorm.Threshold([0, -Signed48], [0, 0]));
        Assert.Throws<ArgumentException>(() => FoldedNorm.Threshold([0, 0], [0, 2]));
        Assert.Throws<ArgumentException>(() => FoldedNorm.Threshold([0, 0, 0], [0, 1]));
        Assert.Throws<ArgumentException>(() => FoldedNorm.Diagonal([1, 2], [0, 0], [0]));
        Assert.Throws<ArgumentException>(() => FoldedNorm.Diagonal([1, 2], [0, 0], [41]));
        Assert.Throws<ArgumentException>(() => FoldedNorm.Complex([1, 2, 3, 4], [0, 0], [1, 1]));
    }

    private static void CheckEveryAccumulator(short factor, long constant, int bound)
    {
        FoldedNorm diagonal = FoldedNorm.Diagonal([factor, factor], [constant, constant]);
        FoldedNorm threshold = diagonal.ToThreshold();
        for (int acc = -bound; acc <= bound; acc++)
        {
            if (diagonal.Bits(0, acc, -acc) != threshold.Bits(0, acc, -acc))
            {
                Assert.Fail($"A {factor}, C {constant}, acc {acc}");
            }
        }
    }
}
