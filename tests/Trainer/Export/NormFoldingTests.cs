using BcnnSim.Numerics;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Export;

/// <summary>Folded coefficients against the norm in double precision on the same accumulators.</summary>
public class NormFoldingTests
{
    private const int Channels = 16;
    private const int Bound = 13_770;

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.0 / 255)]
    public void Signs_are_those_of_the_norm_in_double_precision_but_for_a_few_in_ten_million(double scale)
    {
        int different = 0, total = 0;
        for (int seed = 1; seed <= 8; seed++)
        {
            NormState<float> state = State(seed, scale);
            FoldedNorm folded = NormFolding.Fold(state, scale, Bound);
            foreach ((int channel, long re, long im) in Accumulators(state, scale, seed, 20_000))
            {
                (double yr, double yi) = Norm(state, channel, re * scale, im * scale);
                different += System.Numerics.BitOperations.PopCount((uint)(folded.Bits(channel, re, im) ^ ((yr >= 0 ? 1 : 0) | (yi >= 0 ? 2 : 0))));
                total += 2;
            }
        }

        Assert.True(different <= total / 1_000_000, $"{different} of {total}");
    }

    [Fact]
    public void A_ratio_that_int16_holds_gives_the_sign_exactly_on_both_sides_of_zero_and_at_it()
    {
        var state = new NormState<float>(Channels);
        Array.Fill(state.RunningVariance, 0.5f);
        (state.GainRe[0], state.GainIm[0], state.ShiftRe[0], state.ShiftIm[0]) = (0.75f, 0.25f, 0.5f, -0.125f);
        FoldedNorm folded = NormFolding.Fold(state, 1, 100);
        for (long re = -20; re <= 20; re++)
        {
            for (long im = -20; im <= 20; im++)
            {
                (double yr, double yi) = Norm(state, 0, re, im);
                Assert.True(folded.Bits(0, re, im) == ((yr >= 0 ? 1 : 0) | (yi >= 0 ? 2 : 0)), $"{re} {im}: {yr} {yi}");
            }
        }
    }

    [Theory]
    [InlineData(3e9, 3)]
    [InlineData(-3e9, 0)]
    public void A_constant_beyond_every_accumulator_decides_alone(double constant, int bits)
    {
        var state = new NormState<float>(Channels);
        state.ShiftRe[2] = state.ShiftIm[2] = (float)constant;
        Assert.Equal(bits, NormFolding.Fold(state, 1e-8, 1L << 40).Bits(2, 1L << 39, -(1L << 39)));
    }

    [Fact]
    public void Values_lie_within_one_step_of_the_norm_on_the_grid_and_most_are_equal()
    {
        NormState<float> state = State(3, 1);
        FoldedNorm folded = NormFolding.FoldValues(state, 1, Bound, 10);
        int different = 0, total = 0;
        foreach ((int channel, long re, long im) in Accumulators(state, 1, 3, 20_000))
        {
            (double yr, double yi) = Norm(state, channel, re, im);
            (short vr, short vi) = folded.Values(channel, re, im);
            double apart = Math.Abs(vr - Math.Floor((yr * 1024) + 0.5)) + Math.Abs(vi - Math.Floor((yi * 1024) + 0.5));
            Assert.True(apart <= 2, $"channel {channel}: {vr} {vi} for {yr * 1024} {yi * 1024}");
            different += apart > 0 ? 1 : 0;
            total++;
        }

        Assert.True(different < total / 20, $"{different} of {total} differ");
    }

    // Statistics as layers have them: a spread of tens to thousands of accumulators around a mean of the same size.
    private static NormState<float> State(int seed, double scale)
    {
        var state = new NormState<float>(Channels);
        SeededValues.Fill(seed, state.GainRe, -1, 1);
        SeededValues.Fill(seed + 100, state.GainIm, -1, 1);
        SeededValues.Fill(seed + 200, state.ShiftRe, -1, 1);
        SeededValues.Fill(seed + 300, state.ShiftIm, -1, 1);
        SeededValues.Fill(seed + 400, state.RunningMean, -300 * scale, 300 * scale);
        SeededValues.Fill(seed + 500, state.RunningVariance, 1e4 * scale * scale, 1e5 * scale * scale);
        return state;
    }

    private static IEnumerable<(int Channel, long Re, long Im)> Accumulators(NormState<float> state, double scale, int seed, int count)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            int channel = i % Channels;
            long At(int lane) => (long)Math.Round((state.RunningMean[lane] / scale) + (2 * (random.NextDouble() - 0.5) * 500));
            yield return (channel, At(channel), At(Channels + channel));
        }
    }

    private static (double Re, double Im) Norm(NormState<float> state, int channel, double re, double im)
    {
        int other = Channels + channel;
        double hr = (re - state.RunningMean[channel]) / Math.Sqrt((2.0 * state.RunningVariance[channel]) + NormActivation<float>.Epsilon);
        double hi = (im - state.RunningMean[other]) / Math.Sqrt((2.0 * state.RunningVariance[other]) + NormActivation<float>.Epsilon);
        double gr = state.GainRe[channel], gi = state.GainIm[channel];
        return ((gr * hr) - (gi * hi) + state.ShiftRe[channel], (gi * hr) + (gr * hi) + state.ShiftIm[channel]);
    }
}
