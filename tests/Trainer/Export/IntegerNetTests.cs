using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Export;

public unsafe class IntegerNetTests
{
    private static readonly NetworkInput Input = new(6, 5, 2, 3, "none", new Dictionary<string, double>());

    [Fact]
    public void Fast_integer_evaluation_equals_the_reference_executor_in_every_map_and_score()
    {
        for (int seed = 1; seed <= 6; seed++)
        {
            using ComplexNet<float> net = SmallNetworks.Random(seed);
            Network network = Export(net);
            using var integers = new IntegerNet(network, 32);
            var source = new PatternFrames(20, seed);
            using var input = new FeatureBatch<float>(32, net.Shape.Input);
            new FrameStore(source, 2).Load([.. Enumerable.Range(0, 20)], input, new int[20]);
            long[] scores = integers.Forward(input, new WorkSplit(2));
            IReadOnlyList<Frame> frames = ExportFramesCommand.Pack(source, 20).Frames;
            for (int n = 0; n < 20; n++)
            {
                ReferenceResult expected = ReferenceExecutor.Run(network, frames[n]);
                Assert.Equal(expected.Scores, scores[(3 * n)..(3 * (n + 1))]);
                for (int layer = 0; layer < 3; layer++)
                {
                    SameMap(expected.Maps[layer], integers.Map(layer), n, $"seed {seed}, frame {n}, layer {layer}");
                }
            }
        }
    }

    [Fact]
    public void Export_survives_the_strict_reader_and_differs_from_the_float_network_in_few_bits()
    {
        using ComplexNet<float> net = SmallNetworks.Random(9);
        Network network = Export(net);
        string folder = Path.Combine(Path.GetTempPath(), $"bcnntrain-export-{Environment.ProcessId}", "small");
        NetworkFile.Write(network, folder);
        Network read = NetworkFile.Read(folder);
        Directory.Delete(Path.GetDirectoryName(folder)!, true);
        Assert.Equal(network.Layers[1].Weights.Re, read.Layers[1].Weights.Re);
        using var integers = new IntegerNet(read, 32);
        using var input = new FeatureBatch<float>(32, net.Shape.Input);
        var frames = new FrameStore(new PatternFrames(64, 3), 1);
        IReadOnlyList<BitDifference> bits = BitDifference.Count(net, integers, frames, 64, input, new WorkSplit(1));
        Assert.All(bits, layer => Assert.True(layer.Different <= layer.Total / 200, layer.ToString()));
    }

    [Fact]
    public void A_channel_that_hardly_varies_is_exported_as_a_constant()
    {
        using ComplexNet<float> net = SmallNetworks.Random(4);
        NormState<float> state = net.Norms[1].State;
        state.RunningVariance[3] = 1e-4f;
        state.RunningVariance[12 + 3] = 9e-4f;
        Assert.Equal(new short[4], Export(net).Layers[1].Norm.A[12..16]);
        state.RunningVariance[3] = 1.1e-3f;
        Assert.NotEqual(new short[4], Export(net).Layers[1].Norm.A[12..16]);
    }

    private static Network Export(ComplexNet<float> net) =>
        NetworkExport.Export("small", net, Input, ["a", "b", "c"], net.Shape.ComplexWeights, new Dictionary<string, string>());

    private static void SameMap(ReferenceMap expected, FeatureBatch<float> map, int image, string place)
    {
        int channels = map.Shape.Channels;
        for (int i = 0; i < expected.Re.Length; i++)
        {
            float* pixel = map.Image(image) + (i / channels * 2 * channels);
            Assert.True(expected.Re[i] == pixel[i % channels] && expected.Im[i] == pixel[channels + (i % channels)], place);
        }
    }
}
