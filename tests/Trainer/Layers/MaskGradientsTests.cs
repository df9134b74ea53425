using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public sealed class MaskGradientsTests
{
    [Theory]
    [InlineData(5, 1)]
    [InlineData(20, 3)]
    [InlineData(37, 1)]
    [InlineData(37, 3)]
    public void Every_channel_is_the_sum_of_both_parts_over_all_pixels(int channels, int threads)
    {
        const int Images = 35;
        var shape = new MapShape(2, 3, channels);
        using FeatureBatch<float> map = new(Images, shape), gradient = new(Images, shape);
        SeededValues.Fill(channels, map.Values);
        SeededValues.Fill(channels + 1, gradient.Values);
        float[] mask = new float[channels], target = new float[channels];
        SeededValues.Fill<float>(channels + 2, mask, 0.1, 1);
        mask[channels / 2] = 0;

        MaskGradients.Set(map, gradient, mask, target, new WorkSplit(threads));

        for (int c = 0; c < channels; c++)
        {
            double sum = 0;
            for (int at = c; at < map.Values.Length; at += channels)
            {
                sum += map.Values[at] * gradient.Values[at];
            }

            Assert.Equal(mask[c] == 0 ? 0 : (float)sum / mask[c], target[c]);
        }
    }
}
