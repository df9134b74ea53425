using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public unsafe class ValueGridTests
{
    // Not a multiple of a vector.
    private const int Length = 1003;

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(15)]
    public void Values_are_rounded_half_up_and_saturated_as_the_machine_does(int fractionBits)
    {
        float[] values = Values(fractionBits), before = [.. values];
        fixed (float* at = values)
        {
            new ValueGrid<float>(fractionBits).Round(at, Length);
        }

        double unit = Math.ScaleB(1, fractionBits);
        Assert.Equal(before.Select(v => Math.Clamp(Math.Floor((v * unit) + 0.5), short.MinValue, short.MaxValue) / unit), values.Select(v => (double)v));
        Assert.Contains(short.MaxValue / unit, values.Select(v => (double)v));
        Assert.Contains(short.MinValue / unit, values.Select(v => (double)v));
    }

    [Fact]
    public void Single_and_double_precision_round_alike_and_what_lies_on_the_grid_stays()
    {
        float[] single = Values(10);
        double[] twice = [.. single.Select(v => (double)v)];
        fixed (float* at = single)
        {
            new ValueGrid<float>(10).Round(at, Length);
        }

        fixed (double* at = twice)
        {
            var grid = new ValueGrid<double>(10);
            grid.Round(at, Length);
            Assert.Equal(twice, single.Select(v => (double)v));
            grid.Round(at, Length);
            grid.Saturate(at, Length);
        }

        Assert.Equal(twice, single.Select(v => (double)v));
    }

    // Ties, numbers around them, and both ends of the range; quarters, so that nothing lies where single precision rounds the sum with 0.5.
    private static float[] Values(int fractionBits)
    {
        double step = Math.ScaleB(1, -fractionBits);
        return [.. Enumerable.Range(0, Length).Select(i => (float)((i % 5) switch
        {
            0 => (i - 500) * step / 4,
            1 => (32_767.25 - (i * 0.25)) * step,
            2 => (-32_768.75 + (i * 0.25)) * step,
            3 => (40_000 - i) * step,
            _ => (i - 40_000) * step,
        }))];
    }
}
