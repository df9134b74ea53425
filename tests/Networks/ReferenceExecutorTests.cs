using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

public sealed class ReferenceExecutorTests
{
    /// <summary>One weight 1+i, one pixel u = (3, 0) of 2 bits: v = 3 - 3i, product (1+i)(3-3i) = 6.</summary>
    [Fact]
    public void One_tap_is_the_complex_product()
    {
        Network network = OneLayer(new MapShape(1, 1, 1), 2, new QuadrantTensor(1, 1, [1], [1], null), FoldedNorm.Threshold([6, 1], [0, 0]));
        ReferenceResult result = Run(network, [3], [0]);
        Assert.Equal([6], result.Maps[0].Accumulators!.Value.Re);
        Assert.Equal([0], result.Maps[0].Accumulators!.Value.Im);
        Assert.Equal(6, result.Maps[0].LargestAccumulator);
        Assert.Equal([1], result.Maps[0].Re);
        Assert.Equal([-1], result.Maps[0].Im);
        Assert.Equal(-1, result.Class);
    }

    /// <summary>3x3 of ones on a 2x2 map of 1+i, padding 1: every window sees four taps, each (1+i)^2 = 2i.</summary>
    [Fact]
    public void Padded_taps_add_zero()
    {
        QuadrantTensor ones = new(1, 9, [0xFF, 1], [0xFF, 1], null);
        Network network = OneLayer(new MapShape(2, 2, 1), 1, ones, FoldedNorm.Threshold([0, 9], [0, 0]), kernel: 3, padding: 1);
        ReferenceResult result = Run(network, [1, 1, 1, 1], [1, 1, 1, 1]);
        Assert.Equal([0, 0, 0, 0], result.Maps[0].Accumulators!.Value.Re);
        Assert.Equal([8, 8, 8, 8], result.Maps[0].Accumulators!.Value.Im);
        Assert.Equal([1, 1, 1, 1], result.Maps[0].Re);
        Assert.Equal([-1, -1, -1, -1], result.Maps[0].Im);
    }

    [Fact]
    public void Masked_taps_add_zero()
    {
        QuadrantTensor two = new(1, 2, [3], [3], [2]);
        Network network = OneLayer(new MapShape(1, 1, 2), 1, two, FoldedNorm.Threshold([0, 0], [0, 0]));
        ReferenceResult result = Run(network, [1, 1], [1, 1]);
        Assert.Equal([2], result.Maps[0].Accumulators!.Value.Im);
    }

    /// <summary>3x3 map, 1x1 kernel, sum pooling 2: one sum of four pixels, the third row and column dropped.</summary>
    [Fact]
    public void Sum_pooling_adds_before_the_norm_and_drops_the_border()
    {
        QuadrantTensor one = new(1, 1, [1], [0], null);
        Network network = OneLayer(new MapShape(3, 3, 1), 3, one, FoldedNorm.Threshold([0, 0], [0, 0]), sumPool: 2);
        ReferenceResult result = Run(network, [7, 7, 0, 7, 7, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0]);
        // (1 - i)(7 - 7i) = -14i for each of the four.
        Assert.Equal([0], result.Maps[0].Accumulators!.Value.Re);
        Assert.Equal([-56], result.Maps[0].Accumulators!.Value.Im);
    }

    [Fact]
    public void Max_pooling_is_or_per_component()
    {
        QuadrantTensor one = new(1, 1, [1], [0], null);
        Network network = OneLayer(new MapShape(2, 2, 1), 1, one, FoldedNorm.Threshold([2, 2], [0, 0]), maxPool: 2);
        // (1 - i)(1 + i) = 2 once, otherwise -2: real part reaches +2 in one pixel, imaginary part in none.
        ReferenceResult result = Run(network, [1, 0, 0, 0], [1, 0, 0, 0]);
        Assert.Equal([1], result.Maps[0].Re);
        Assert.Equal([-1], result.Maps[0].Im);
    }

    [Fact]
    public void Ties_of_scores_go_to_the_lowest_class()
    {
        QuadrantTensor one = new(1, 1, [1], [0], null);
        Network network = OneLayer(new MapShape(1, 1, 1), 1, one, FoldedNorm.Threshold([0, 0], [0, 0]));
        ClassifierLayer head = new("head", "conv", new MapShape(1, 1, 1), 3, [-1, 0, 1, 0, 0, 1], [0, 5, 5]);
        ReferenceResult result = Run(network with { Classifier = head, Classes = ["a", "b", "c"] }, [1], [1]);
        Assert.Equal([-1L, 6, 6], result.Scores);
        Assert.Equal(1, result.Class);
    }

    [Fact]
    public void Complex_norm_turns_the_plane()
    {
        // A = rotation by 90 degrees: y = (-im, re); acc = 2 gives y = (0, 2), C = (-1, -3) makes both negative.
        QuadrantTensor one = new(1, 1, [1], [0], null);
        FoldedNorm turn = FoldedNorm.Complex([0, -1, 1, 0], [0, -2]);
        ReferenceResult result = Run(OneLayer(new MapShape(1, 1, 1), 1, one, turn), [1], [1]);
        Assert.Equal([1], result.Maps[0].Re);
        Assert.Equal([1], result.Maps[0].Im);
        FoldedNorm below = FoldedNorm.Complex([0, -1, 1, 0], [-1, -3]);
        result = Run(OneLayer(new MapShape(1, 1, 1), 1, one, below), [1], [1]);
        Assert.Equal([-1], result.Maps[0].Re);
        Assert.Equal([-1], result.Maps[0].Im);
    }

    [Fact]
    public void Random_networks_run_and_stay_in_range()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            Network network = RandomNetworks.Plain(seed);
            ReferenceExecutor executor = new(network);
            foreach (Frame frame in RandomNetworks.Frames(network, 2, seed).Frames)
            {
                ReferenceResult result = executor.Run(frame);
                Assert.Equal(network.Layers.Count, result.Maps.Count);
                Assert.Equal(network.Classifier is null, result.Class < 0);
            }
        }
    }

    /// <summary>Every accumulator of first layers by one loop nest written from the definition: rows, columns, channels, taps.</summary>
    [Fact]
    public void Accumulators_equal_the_definition_written_out()
    {
        for (int seed = 1; seed <= 30; seed++)
        {
            Network network = RandomNetworks.Plain(seed, new RandomNetworkOptions(Layers: 1, LaneOperations: 100_000));
            Frame frame = RandomNetworks.Frames(network, 1, seed).Frames[0];
            (int[] re, int[] im) = new ReferenceExecutor(network).Run(frame, keepAccumulators: true).Maps[0].Accumulators!.Value;
            MapShape shape = network.Layers[0].NormShape;
            for (int i = 0; i < re.Length; i++)
            {
                int pixel = i / shape.Channels;
                (long slowRe, long slowIm) = SlowConvolution.At(network.Layers[0], frame, pixel / shape.Width, pixel % shape.Width, i % shape.Channels);
                Assert.True((slowRe, slowIm) == (re[i], im[i]), $"seed {seed}, pixel {pixel}, channel {i % shape.Channels}");
            }
        }
    }

    private static ReferenceResult Run(Network network, byte[] re, byte[] im)
        => new ReferenceExecutor(network).Run(Frame.FromComponents(new FrameShape(network.Input), re, im), keepAccumulators: true);

    private static Network OneLayer(
        MapShape shape, int bits, QuadrantTensor weights, FoldedNorm norm, int kernel = 1, int padding = 0, int sumPool = 1, int maxPool = 1)
    {
        ConvolutionLayer layer = new("conv", "input", shape, weights.Rows, kernel, kernel, 1, 1, padding, padding, sumPool, maxPool, norm, weights);
        NetworkInput input = new(shape.Height, shape.Width, shape.Channels, bits, "none", new Dictionary<string, double>());
        return new Network("one", input, [layer], null, [], new PruningRecord("none", 1, 1), new Dictionary<string, string>());
    }
}
