using BcnnSim.Networks;
using BcnnSim.Numerics;
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

    [Theory]
    [InlineData(false, 0, NormKind.Complex)]
    [InlineData(true, 9, NormKind.Complex)]
    [InlineData(true, 13, NormKind.Complex)]
    [InlineData(false, 0, NormKind.Diagonal)]
    [InlineData(true, 13, NormKind.Diagonal)]
    [InlineData(false, 0, NormKind.Threshold)]
    [InlineData(true, 13, NormKind.Threshold)]
    public void Fast_integer_evaluation_equals_the_reference_executor_in_every_map_value_saturation_and_score(bool residual, int fractionBits, NormKind norm)
    {
        long saturations = 0;
        for (int seed = 1; seed <= 6; seed++)
        {
            using ComplexNet<float> net = SmallNetworks.Random(seed, shape: (residual ? SmallNetworks.Residual() : SmallNetworks.Shape()) with { Norm = norm });
            Network network = Export(net, fractionBits);
            Assert.All(network.Layers, layer => Assert.Equal(norm == NormKind.Threshold && layer.Output == OutputKind.Values ? NormKind.Diagonal : norm, layer.Norm.Kind));
            using var integers = new IntegerNet(network, 32);
            var source = new PatternFrames(20, seed, net.Shape.Input.Height, net.Shape.Input.Width);
            using var input = new FeatureBatch<float>(32, net.Shape.Input);
            new FrameStore(source, 2).Load([.. Enumerable.Range(0, 20)], input, new int[20]);
            long[] scores = integers.Forward(input, new WorkSplit(2));
            IReadOnlyList<Frame> frames = ExportFramesCommand.Pack(source, 20).Frames;
            var counts = network.Layers.Where(layer => layer.Output == OutputKind.Values).ToDictionary(layer => layer.Name, layer => new SaturationCount(layer.Name, 0, 0, 0));
            for (int n = 0; n < 20; n++)
            {
                ReferenceResult expected = ReferenceExecutor.Run(network, frames[n]);
                Assert.Equal(expected.Scores, scores[(3 * n)..(3 * (n + 1))]);
                for (int layer = 0; layer < network.Layers.Count; layer++)
                {
                    SameMap(expected.Maps[layer], integers.Map(layer), n, $"seed {seed}, frame {n}, layer {layer}");
                    SameValues(expected.Maps[layer], integers.Values(layer), n, $"seed {seed}, frame {n}, layer {layer}");
                    Count(expected.Maps[layer], counts);
                }
            }

            Assert.Equal(counts.Values, integers.Saturations);
            saturations += counts.Values.Sum(count => count.Norm + count.Residual);
        }

        // 13 fraction bits hold values up to 4, which these networks pass; 9 hold 64.
        Assert.Equal(fractionBits == 13, saturations > 0);
    }

    [Fact]
    public void Values_are_those_of_the_float_network_but_for_rounding()
    {
        using ComplexNet<float> net = SmallNetworks.Random(5, shape: SmallNetworks.Residual());
        Network network = Export(net, 9);
        using var integers = new IntegerNet(network, 32);
        using var input = new FeatureBatch<float>(32, net.Shape.Input);
        new FrameStore(new PatternFrames(32, 5, 7, 6), 1).Load([.. Enumerable.Range(0, 32)], input, new int[32]);
        _ = net.Forward(input, false, new WorkSplit(1));
        _ = integers.Forward(input, new WorkSplit(1));

        // The stem reads the frame, on which both agree: half a step of rounding and what rounded coefficients add.
        for (int i = 0; i < net.Values(0)!.Values.Length; i++)
        {
            Assert.True(Math.Abs((net.Values(0)!.Values[i] * 512) - integers.Values(0)!.Values[i]) < 1, $"value {i}");
        }
    }

    [Theory]
    [InlineData(NormKind.Complex)]
    [InlineData(NormKind.Diagonal)]
    [InlineData(NormKind.Threshold)]
    public void With_held_norms_every_value_and_bit_of_the_float_network_is_the_machines_and_evaluation_without_leaves_them_held(NormKind norm)
    {
        int changed = 0;
        for (int seed = 1; seed <= 6; seed++)
        {
            using ComplexNet<float> net = SmallNetworks.Random(seed, shape: SmallNetworks.Residual() with { Norm = norm });
            net.Grid = new(9);
            NetworkExport.Hold(net);
            using var integers = new IntegerNet(Export(net, 9), 32);
            using var input = new FeatureBatch<float>(32, net.Shape.Input);
            var frames = new FrameStore(new PatternFrames(64, seed, 7, 6), 1);
            EvaluationResult whole = integers.Evaluate(frames, input, new WorkSplit(1));
            UnroundedEvaluation unrounded = UnroundedEvaluation.Run(net, whole, frames, input, new WorkSplit(1))!;
            changed += unrounded.Norms + unrounded.Grid;
            frames.Load([.. Enumerable.Range(0, 32)], input, new int[32]);
            _ = net.Forward(input, false, new WorkSplit(1));
            _ = integers.Forward(input, new WorkSplit(1));
            for (int layer = 0; layer < net.Convolutions.Count; layer++)
            {
                Assert.Equal(integers.Map(layer).Values.ToArray(), net.Map(layer).Values.ToArray());
                Assert.Equal(integers.Values(layer)?.Values.ToArray().Select(v => (float)v), net.Values(layer)?.Values.ToArray().Select(v => v * 512));
            }
        }

        Assert.InRange(changed, 1, 100);
    }

    [Fact]
    public void On_the_grid_the_float_network_computes_the_integers_of_the_machine_but_for_a_few_values()
    {
        long different = 0, total = 0;
        for (int seed = 1; seed <= 6; seed++)
        {
            using ComplexNet<float> net = SmallNetworks.Random(seed, shape: SmallNetworks.Residual());
            net.Grid = new(9);
            using var integers = new IntegerNet(Export(net, 9), 32);
            using var input = new FeatureBatch<float>(32, net.Shape.Input);
            new FrameStore(new PatternFrames(32, seed, 7, 6), 1).Load([.. Enumerable.Range(0, 32)], input, new int[32]);
            _ = net.Forward(input, false, new WorkSplit(1));
            _ = integers.Forward(input, new WorkSplit(1));
            int last = net.Convolutions.Count - 1;
            total += net.Values(last)!.Values.Length;
            different += Enumerable.Range(0, net.Values(last)!.Values.Length).Count(i => net.Values(last)!.Values[i] * 512 != integers.Values(last)!.Values[i]);
        }

        // Rounded coefficients move a value across the border of two steps now and then, and a sign with it.
        Assert.True(different < total / 40, $"{different} of {total} values differ");
    }

    [Fact]
    public void Fraction_bits_hold_twice_the_largest_value_and_leave_every_channel_a_shift()
    {
        using ComplexNet<float> net = SmallNetworks.Random(5, shape: SmallNetworks.Residual());
        Assert.Equal(11, NetworkExport.FractionBits(net, 7.9));
        Assert.Equal(10, NetworkExport.FractionBits(net, 8.1));
        NormState<float> state = net.Norms[0].State;
        (state.RunningVariance[3], state.GainRe[3]) = (1e-3f, 20f);
        int least = NetworkExport.FractionBits(net, 7.9);
        Assert.InRange(least, 0, 10);
        _ = Export(net, least);
        Assert.Throws<InvalidOperationException>(() => Export(net, least + 1));
        net.Grid = new(least + 1);
        Assert.Equal("valueFractionBits", Assert.Single(Assert.Throws<InputException>(() => NetworkExport.FractionBits(net, 7.9)).Violations).Place);
        net.Grid = new(least - 1);
        Assert.Equal(least - 1, NetworkExport.FractionBits(net, 7.9));
        using ComplexNet<float> chain = SmallNetworks.Random(5);
        Assert.Equal(0, NetworkExport.FractionBits(chain, 0));
    }

    [Fact]
    public void Layers_that_saturate_above_the_limit_are_all_refused_by_name()
    {
        using ComplexNet<float> net = SmallNetworks.Random(5, shape: SmallNetworks.Residual());
        SaturationCount[] counts = [new("conv1", 1, 0, 10_000), new("conv3", 1, 1, 10_000), new("conv4", 0, 0, 10_000), new("conv6", 0, 3, 10_000)];
        InputException refused = Assert.Throws<InputException>(() => SaturationCount.Check(Export(net, 9), counts, SaturationCount.UsualLimit));
        Assert.Equal(["conv3", "conv6"], refused.Violations.Select(violation => violation.Place));
        SaturationCount.Check(Export(net, 9), counts, 3e-4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Export_survives_the_strict_reader_and_differs_from_the_float_network_in_few_bits(bool residual)
    {
        using ComplexNet<float> net = SmallNetworks.Random(9, shape: residual ? SmallNetworks.Residual() : null);
        Network network = Export(net, 10);
        string folder = Path.Combine(Path.GetTempPath(), $"bcnntrain-export-{Environment.ProcessId}", "small");
        NetworkFile.Write(network, folder);
        Network read = NetworkFile.Read(folder);
        Directory.Delete(Path.GetDirectoryName(folder)!, true);
        Assert.Equal(network.Layers[1].Weights.Re, read.Layers[1].Weights.Re);
        Assert.Equal(residual ? 10 : 0, read.ValueFractionBits);
        Assert.Equal(network.Layers.Select(layer => (layer.Source, layer.Output, layer.Residual)), read.Layers.Select(layer => (layer.Source, layer.Output, layer.Residual)));
        Assert.Equal((residual, residual), (read.Classifier!.ReadsValues, read.Classifier.Relu));
        using var integers = new IntegerNet(read, 32);
        using var input = new FeatureBatch<float>(32, net.Shape.Input);
        var frames = new FrameStore(new PatternFrames(64, 3, net.Shape.Input.Height, net.Shape.Input.Width), 1);
        IReadOnlyList<BitDifference> bits = BitDifference.Count(net, integers, frames, 64, input, new WorkSplit(1));
        Assert.All(bits, layer => Assert.True(layer.Different <= layer.Total / (residual ? 100 : 200), layer.ToString()));
    }

    [Fact]
    public void Thresholds_are_those_of_the_diagonal_norm_which_is_the_complex_one_without_its_zeros()
    {
        FoldedNorm Norm(NormKind kind)
        {
            using ComplexNet<float> net = SmallNetworks.Random(8, shape: SmallNetworks.Shape() with { Norm = kind });
            net.Norms[1].State.GainRe[2] = -0.5f;
            net.Norms[1].State.GainIm.AsSpan().Clear();
            return Export(net).Layers[1].Norm;
        }

        FoldedNorm diagonal = Norm(NormKind.Diagonal), threshold = Norm(NormKind.Threshold);
        FoldedNorm expected = diagonal.ToThreshold();
        Assert.Equal(expected.T, threshold.T);
        Assert.Equal(expected.D, threshold.D);
        Assert.Equal((byte)1, threshold.D[4]);
        Assert.Equal(2 * diagonal.Channels, diagonal.A.Length);
        Assert.All(diagonal.A, a => Assert.NotEqual(0, a));
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

    private static Network Export(ComplexNet<float> net, int fractionBits = 0) => NetworkExport.Export(
        "small", net, Input with { Height = net.Shape.Input.Height, Width = net.Shape.Input.Width }, ["a", "b", "c"], net.Shape.ComplexWeights, new Dictionary<string, string>(),
        fractionBits: fractionBits);

    private static void Count(ReferenceMap map, Dictionary<string, SaturationCount> counts)
    {
        if (map.Values is not null)
        {
            SaturationCount before = counts[map.Layer];
            counts[map.Layer] = new(map.Layer, before.Norm + map.NormSaturations, before.Residual + map.ResidualSaturations, before.Total + (2 * map.Re.Length));
        }
    }

    private static void SameValues(ReferenceMap expected, FeatureBatch<short>? values, int image, string place)
    {
        Assert.Equal(expected.Values is null, values is null);
        if (expected.Values is not { } pair)
        {
            return;
        }

        int channels = values!.Shape.Channels;
        for (int i = 0; i < pair.Re.Length; i++)
        {
            short* pixel = values.Image(image) + (i / channels * 2 * channels);
            Assert.True(pair.Re[i] == pixel[i % channels] && pair.Im[i] == pixel[channels + (i % channels)], place);
        }
    }

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
