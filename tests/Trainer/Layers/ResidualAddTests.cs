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
        ResidualAdd<float>.Forward(values, shortcut, bits, Mask(9), ActivationKind.Sign, new WorkSplit(2));
        for (int i = 0; i < values.Values.Length; i++)
        {
            float sum = (i == 5 ? -shortcut.Values[5] : norm.Values[i]) + shortcut.Values[i];
            Assert.Equal(sum, values.Values[i]);
            Assert.Equal(i % Channels == 9 ? 0 : sum >= 0 ? 1 : -1, bits.Values[i]);
        }
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
        ResidualAdd<float>.Backward(values, dbits, dv, add, Mask(3), new WorkSplit(2));
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
