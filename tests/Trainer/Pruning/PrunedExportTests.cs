using BcnnSim.Design;
using BcnnSim.Networks;
using BcnnSim.Reporting;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning;

/// <summary>Structures that stay in the shapes, from gates to the file, the executors and the machine.</summary>
public class PrunedExportTests
{
    private const int Frames = 8;
    private static readonly (int, int) Block = (4, 8);

    public static TheoryData<PruningStructure, bool> Cases
    {
        get
        {
            var cases = new TheoryData<PruningStructure, bool>();
            foreach (PruningStructure structure in new[] { PruningStructure.Column, PruningStructure.Kernel, PruningStructure.Block, PruningStructure.Unstructured })
            {
                cases.Add(structure, false);
                cases.Add(structure, true);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_exported_network_computes_the_scores_of_the_dense_one_without_the_removed_weights(PruningStructure structure, bool residual)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            using ComplexNet<float> net = Random(seed, residual);
            Network dense = Export(net, structure);
            float[]?[] gates = Prune(net, structure);
            Network pruned = Export(net, structure);
            using var integers = new IntegerNet(pruned, 32);
            long[] scores = integers.Forward(Input(net, seed), new WorkSplit(1));
            IReadOnlyList<int[]> all = [.. net.Shape.Layers.Select(layer => Enumerable.Range(0, layer.OutputChannels).ToArray())];
            foreach ((int n, Frame frame) in Packed(net, seed).Index())
            {
                long[] expected = MaskedExecutor.Scores(dense, all, frame, gates);
                Assert.Equal(expected, ReferenceExecutor.Run(pruned, frame).Scores);
                Assert.Equal(expected, scores[(3 * n)..(3 * (n + 1))]);
            }
        }
    }

    [Fact]
    public void A_list_of_kept_taps_and_a_mask_of_the_same_columns_give_the_same_maps_and_scores()
    {
        using ComplexNet<float> net = Random(2, residual: true);
        Prune(net, PruningStructure.Column);
        Network listed = Export(net, PruningStructure.Column), masked = Export(net, PruningStructure.Unstructured);
        Assert.Contains(listed.Layers, layer => layer.KeptTaps is not null && layer.Weights.Mask is null);
        Assert.Contains(masked.Layers, layer => layer.KeptTaps is null && layer.Weights.Mask is not null);
        foreach (Frame frame in Packed(net, 2))
        {
            ReferenceResult a = ReferenceExecutor.Run(listed, frame), b = ReferenceExecutor.Run(masked, frame);
            Assert.Equal(a.Scores, b.Scores);
            Assert.All(a.Maps.Zip(b.Maps), pair => Assert.Equal(pair.First.Re, pair.Second.Re));
            Assert.All(a.Maps.Zip(b.Maps), pair => Assert.Equal(pair.First.Im, pair.Second.Im));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Channel_pruning_leaves_the_shapes_and_its_masked_network_has_the_logits_of_the_compacted_one(bool residual)
    {
        using ComplexNet<float> net = Random(3, residual);
        IReadOnlyList<GroupSet> sets = Grouping.Of(net.Shape, PruningStructure.Channel);
        var problem = new PruningProblem(sets, [.. sets.Select(_ => 8)]);
        IReadOnlyList<int[]> groups = problem.Largest(WeightVector.Of(net));
        IReadOnlyList<int[]> kept = KeptChannels.Of(net.Shape, sets, groups);
        using ComplexNet<float> small = Compaction.Compact(net, kept);
        Network dense = Export(net, PruningStructure.Channel);
        Network pruned = NetworkExport.Export("small", small, Record(small), ["a", "b", "c"], net.Shape.ComplexWeights, new Dictionary<string, string>(), fractionBits: 9, form: new(PruningStructure.Channel));
        Assert.Equal(("channel", small.Shape.ComplexWeights), (pruned.Pruning.Structure, pruned.Pruning.KeptWeights));
        foreach (Frame frame in Packed(net, 3))
        {
            // What only the classifier reads stays, so that both have one head.
            Assert.Equal(MaskedExecutor.Scores(dense, kept, frame), ReferenceExecutor.Run(pruned, frame).Scores);
        }

        HardPrune.Apply(net, PruningStructure.Channel, problem, groups);
        using FeatureBatch<float> input = Input(net, 3);
        Assert.Equal(small.Forward(input, false, new WorkSplit(1)), net.Forward(input, false, new WorkSplit(1)));
        Assert.Contains("channel", Assert.Throws<InputException>(() => Export(net, PruningStructure.Channel)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_signs_of_the_masked_float_network_are_those_of_the_exported_one(PruningStructure structure, bool residual)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            using ComplexNet<float> net = Random(seed, residual);
            Prune(net, structure);
            net.Grid = residual ? new(9) : null;
            NetworkExport.Hold(net);
            using var integers = new IntegerNet(Export(net, structure), 32);
            using FeatureBatch<float> input = Input(net, seed);
            float[] logits = net.Forward(input, false, new WorkSplit(1));
            using FeatureBatch<float> same = Input(net, seed);
            long[] scores = integers.Forward(same, new WorkSplit(1));
            for (int layer = 0; layer < net.Convolutions.Count; layer++)
            {
                Assert.Equal(net.Map(layer).Values[..(Frames * net.Map(layer).ImageLength)], integers.Map(layer).Values[..(Frames * net.Map(layer).ImageLength)]);
            }

            // The head alone is rounded, to int8: decisions may differ where two logits all but tie.
            for (int n = 0; n < Frames; n++)
            {
                int own = SoftmaxLoss.Best<long>(scores.AsSpan(3 * n, 3));
                float best = logits[(3 * n) + SoftmaxLoss.Best<float>(logits.AsSpan(3 * n, 3))];
                Assert.True(best - logits[(3 * n) + own] < 0.02f, $"seed {seed}, frame {n}: {best} against {logits[(3 * n) + own]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_file_is_read_back_strictly_with_structure_and_kept_weights(PruningStructure structure, bool residual)
    {
        using ComplexNet<float> net = Random(1, residual);
        float[]?[] gates = Prune(net, structure);
        Network pruned = Export(net, structure);
        string folder = Directory.CreateTempSubdirectory("bcnntrain-pruned-").FullName;
        try
        {
            NetworkFile.Write(pruned, Path.Combine(folder, pruned.Name));
            Network read = NetworkFile.Read(Path.Combine(folder, pruned.Name));
            long kept = net.Shape.Layers.Zip(gates, (layer, gate) => gate?.Count(g => g > 0) ?? layer.Weights).Sum();
            Assert.Equal((structure.ToString().ToLowerInvariant(), kept, net.Shape.ComplexWeights), (read.Pruning.Structure, read.Pruning.KeptWeights, read.Pruning.DenseWeights));
            Assert.Equal(structure == PruningStructure.Block ? Block : null, read.Pruning.BlockLanes);
            Frame frame = Packed(net, 1)[0];
            Assert.Equal(ReferenceExecutor.Run(pruned, frame).Scores, ReferenceExecutor.Run(read, frame).Scores);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void The_machine_runs_a_block_list_and_skips_what_is_not_there()
    {
        using ComplexNet<float> net = Random(4, residual: false);
        Network dense = Export(net, PruningStructure.Block);
        Prune(net, PruningStructure.Block);
        LayerReport before = Machine(net, dense), after = Machine(net, Export(net, PruningStructure.Block));
        Assert.True(after.ArrayCycles <= 0.6 * before.ArrayCycles, $"{after.ArrayCycles} of {before.ArrayCycles} array cycles");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_machine_computes_every_structure_bit_by_bit(PruningStructure structure, bool residual)
    {
        using ComplexNet<float> net = Random(5, residual);
        Prune(net, structure);
        _ = Machine(net, Export(net, structure));
    }

    [Fact]
    public void A_gate_that_is_neither_0_nor_1_and_columns_that_differ_between_filters_are_refused()
    {
        using ComplexNet<float> net = Random(6, residual: false);
        net.Convolutions[1].Gate[5] = 0.5f;
        Assert.Contains("conv2.gate", Assert.Throws<InputException>(() => Export(net, PruningStructure.Unstructured)).Message, StringComparison.Ordinal);
        net.Convolutions[1].Gate[5] = 0;
        Assert.Contains("conv2.gate", Assert.Throws<InputException>(() => Export(net, PruningStructure.Column)).Message, StringComparison.Ordinal);
        Assert.Equal(net.Shape.ComplexWeights - 1, Export(net, PruningStructure.Unstructured).Pruning.KeptWeights);
    }

    // Every second group of each set stays, by norm.
    private static float[]?[] Prune(ComplexNet<float> net, PruningStructure structure)
    {
        IReadOnlyList<GroupSet> sets = Grouping.Of(net.Shape, structure, Block);
        var problem = new PruningProblem(sets, [.. sets.Select(set => (set.Count + 1) / 2)]);
        IReadOnlyList<int[]> kept = problem.Largest(WeightVector.Of(net));
        HardPrune.Apply(net, structure, problem, kept);
        return problem.Masks(net.Prunable.Count, kept);
    }

    private static ComplexNet<float> Random(int seed, bool residual) => SmallNetworks.Random(seed, shape: residual ? SmallNetworks.Residual() : null);

    private static NetworkInput Record(ComplexNet<float> net) => new(net.Shape.Input.Height, net.Shape.Input.Width, 2, 3, "none", new Dictionary<string, double>());

    private static Network Export(ComplexNet<float> net, PruningStructure structure) => NetworkExport.Export(
        "small", net, Record(net), ["a", "b", "c"], net.Shape.ComplexWeights, new Dictionary<string, string>(), fractionBits: net.Shape.Relu ? 9 : 0,
        form: new(structure, structure == PruningStructure.Block ? Block : null));

    private static PatternFrames Source(ComplexNet<float> net, int seed) => new(Frames, seed, net.Shape.Input.Height, net.Shape.Input.Width);

    private static IReadOnlyList<Frame> Packed(ComplexNet<float> net, int seed) => ExportFramesCommand.Pack(Source(net, seed), Frames).Frames;

    private static FeatureBatch<float> Input(ComplexNet<float> net, int seed)
    {
        var input = new FeatureBatch<float>(32, net.Shape.Input);
        new FrameStore(Source(net, seed), 1).Load([.. Enumerable.Range(0, Frames)], input, new int[Frames]);
        return input;
    }

    // Po 4 and Pi 8 are those of the blocks; every layer is held against the reference.
    private static LayerReport Machine(ComplexNet<float> net, Network network)
    {
        AcceleratorDesign small = DesignFile.Read(CommittedFiles.Design("u280-reference"), ["peArray.outputLanes=4", "peArray.pixelLanes=16", "peArray.inputLanes=8", "frameBuffer.wordChannels=16"]);
        MachineRun run = MachineRun.Execute(network, small, ExportFramesCommand.Pack(Source(net, 1), Frames), new RunOptions(1, Check: true));
        Assert.True(run.Report.Mismatches == 0, run.FirstMismatch);
        return run.Report.Layers[^1];
    }
}
