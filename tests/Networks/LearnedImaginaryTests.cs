using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

public sealed class LearnedImaginaryTests
{
    /// <summary>Worked by hand: C = 1, P = 2, so x is -1, -1/3, 1/3, 1.</summary>
    [Fact]
    public void One_channel_gives_the_values_worked_by_hand()
    {
        // h = max(0, 3x + 1) = 0, 0, 2, 4; z = h/2 = 0, 0, 1, 2; g = max(0, 1 - z) = 1, 1, 0, 0; y = 0.8 g - 0.5 = 0.3, 0.3, -0.5, -0.5.
        LearnedImaginary transform = new(1, [3f], [1f], [0.5f], [-1f], [1f], [0.8f], [-0.5f]);
        int[] found = [.. Enumerable.Range(0, 4).Select(u => Apply(transform, [(byte)u], 2)[0])];
        Assert.Equal([2, 2, 1, 1], found); // floor(0.65 * 3 + 0.5) = 2, floor(0.25 * 3 + 0.5) = 1
    }

    [Fact]
    public void Outputs_beyond_one_are_clipped_to_the_ends_of_the_grid()
    {
        LearnedImaginary up = new(1, [0f], [0f], [0f], [0f], [0f], [0f], [7f]);
        Assert.Equal(255, Apply(up, [9], 8)[0]);
        Assert.Equal(0, Apply(up with { Bias = [-7f] }, [9], 8)[0]);
    }

    [Fact]
    public void Channels_mix_as_the_slow_twin_says()
    {
        LearnedImaginary transform = TinyImageNetwork.Create().Input.Imaginary!;
        HashSet<byte> seen = [];
        for (int i = 0; i < 4096; i++)
        {
            byte[] re = [(byte)(i & 15), (byte)((i >> 4) & 15), (byte)(i >> 8)];
            byte[] found = Apply(transform, re, 4);
            Assert.Equal(Slow(transform, re, 4), found);
            seen.UnionWith(found);
        }

        Assert.True(seen.Count > 8, "hardly any values");
    }

    private static byte[] Apply(LearnedImaginary transform, byte[] re, int bits)
    {
        byte[] im = new byte[re.Length];
        transform.Apply(re, im, bits);
        return im;
    }

    private static byte[] Slow(LearnedImaginary t, byte[] re, int bits)
    {
        int steps = (1 << bits) - 1;
        float[] x = [.. re.Select(u => ((2 * u) - steps) / (float)steps)];
        float[] h = [.. x.Select((v, c) => Math.Max(0f, (float)((float)(v * t.Scale1[c]) + t.Shift1[c])))];
        float[] g = [.. Mix(h, t.Weight1).Select((v, c) => Math.Max(0f, (float)((float)(v * t.Scale2[c]) + t.Shift2[c])))];
        return [.. Mix(g, t.Weight2).Select((v, c) => (byte)Math.Floor(((Math.Clamp((double)(float)(v + t.Bias[c]), -1, 1) + 1) / 2 * steps) + 0.5))];
    }

    private static float[] Mix(float[] values, float[] weights) =>
        [.. Enumerable.Range(0, values.Length).Select(o => values.Select((v, c) => (float)(v * weights[(o * values.Length) + c])).Aggregate((a, b) => (float)(a + b)))];
}
