using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public class ResidualAddTests
{
    private const int Seed = 51;
    private const int Images = 18;

    // Not a multiple of a vector: the last lanes of a row take the other path.
    private const int Channels = 11;
    private static readonly MapShape Shape = new(2, 3, Channels);

    [Fact]
    public void Values_are_the_sum_and_bits_their_signs_with_zero_for_a_masked_channel()
    {
        using FeatureBatch<float> norm = Random(Seed), shortcut = Random(Seed + 1), values = Random(Seed), bits = new(Images, Shape);
        values.Values[5] = -shortcut.Values[5];
        ResidualAdd<float>.Forward(values, shortcut, bits, Mask(9), ActivationKind.Sign, null, new WorkSplit(2));
        for (int i = 0; i < values.Values.Length; i++)
        {
            float sum = (i == 5 ? -shortcut.Values[5] : norm.Values[i]) + shortcut.Values[i];
            Assert.Equal(sum, values.Values[i]);
            Assert.Equal(i % Channels == 9 ? 0 : sum >= 0 ? 1 : -1, bits.Values[i]);
        }
    }

    [Fact]
    public void On_a_grid_norm_and_sum_are_the_machines_16_bit_numbers()
    {
        using FeatureBatch<float> norm = Random(Seed), shortcut = Random(Seed + 1), values = Random(Seed), bits = new(Images, Shape);
        for (int i = 0; i < shortcut.Values.Length; i++)
        {
            shortcut.Values[i] = MathF.Round(shortcut.Values[i] * 8192) / 8192;
        }

        ResidualAdd<float>.Forward(values, shortcut, bits, Mask(9), ActivationKind.Sign, new ValueGrid<float>(13), new WorkSplit(2));
        int saturated = 0;
        for (int i = 0; i < values.Values.Length; i++)
        {
            int sum = (int)Math.Floor((norm.Values[i] * 8192.0) + 0.5) + (int)(shortcut.Values[i] * 8192), held = Math.Clamp(sum, short.MinValue, short.MaxValue);
            Assert.Equal(held, values.Values[i] * 8192);
            Assert.Equal(i % Channels == 9 ? 0 : held >= 0 ? 1 : -1, bits.Values[i]);
            saturated += held == sum ? 0 : 1;
        }

        Assert.True(saturated > 0, "some sums are beyond +-4");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_gradient_of_the_bits_reaches_the_value_exactly_where_it_lies_within_the_hardtanh(bool add)
    {
        using FeatureBatch<float> values = Random(Seed), dbits = Random(Seed + 1), dv = Random(Seed + 2), before = Random(Seed + 2);
        values.Values[7] = 1.3f;
        values.Values[8] = -1.3f;
        values.Values[10] = MathF.BitIncrement(1.3f);
        ResidualAdd<float>.Backward(values, dbits, dv, add, Mask(3), ActivationKind.Sign, new WorkSplit(2));
        for (int i = 0; i < values.Values.Length; i++)
        {
            float through = i % Channels != 3 && Math.Abs(values.Values[i]) <= 1.3f ? dbits.Values[i] : 0;
            Assert.Equal((add ? before.Values[i] : 0) + through, dv.Values[i]);
        }
    }

    private static float[] Mask(int removed)
    {
        var mask = new float[Channels];
        Array.Fill(mask, 1);
        mask[removed] = 0;
        return mask;
    }

    private static FeatureBatch<float> Random(int seed)
    {
        var batch = new FeatureBatch<float>(Images, Shape);
        SeededValues.Fill(seed, batch.Values, -3, 3);
        return batch;
    }
}
