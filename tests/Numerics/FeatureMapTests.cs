using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Numerics;

public sealed class FeatureMapTests
{
    [Fact]
    public void A_plane_of_a_frame_reads_bit_for_bit()
    {
        FrameShape shape = new(3, 4, 70, 2);
        Random random = new(5);
        byte[] re = new byte[shape.Values];
        byte[] im = new byte[shape.Values];
        for (int i = 0; i < re.Length; i++)
        {
            (re[i], im[i]) = ((byte)random.Next(4), (byte)random.Next(4));
        }

        Frame frame = Frame.FromComponents(shape, re, im);
        for (int plane = 0; plane < 2; plane++)
        {
            FeatureMap map = FeatureMap.FromPlane(frame.Planes.AsSpan(plane * shape.PlaneBytes, shape.PlaneBytes), 3, 4, 70);
            for (int i = 0; i < re.Length; i++)
            {
                Assert.Equal((re[i] >> plane & 1) == 1, map.ReBit(i / 70, i % 70));
                Assert.Equal((im[i] >> plane & 1) == 1, map.ImBit(i / 70, i % 70));
            }
        }
    }

    /// <summary>Packed planes, windows, words, dot products and shifts give what the plain integer loops give.</summary>
    [Fact]
    public void Packed_bit_plane_convolution_equals_the_reference()
    {
        int compared = 0;
        for (int seed = 1; seed <= 25; seed++)
        {
            Network network = RandomNetworks.Plain(seed, new RandomNetworkOptions(Layers: 1, LaneOperations: 60_000));
            ConvolutionLayer layer = network.Layers[0];
            if (layer.SumPool != 1)
            {
                continue;
            }

            Frame frame = RandomNetworks.Frames(network, 1, seed).Frames[0];
            (int[] re, int[] im) = new ReferenceExecutor(network).Run(frame, keepAccumulators: true).Maps[0].Accumulators!.Value;
            (int[] packedRe, int[] packedIm) = PackedConvolution.Run(layer, frame, lanes: 1 + (seed % 64));
            Assert.True(re.SequenceEqual(packedRe) && im.SequenceEqual(packedIm), $"seed {seed}");
            compared++;
        }

        Assert.True(compared >= 10);
    }
}
