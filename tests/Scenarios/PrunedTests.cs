using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Scenarios;

/// <summary>What each structure of pruning saves in cycles, against the dense layer on the same machine; every run is checked bit by bit.</summary>
public sealed class PrunedTests
{
    private const int Outputs = 32;
    private const int Channels = 16;
    private const int DenseTaps = 9 * Channels;

    [Fact]
    public void Kept_taps_save_window_words_and_reads_in_proportion()
    {
        // Po 8, Pi 4: every second kernel position goes, four channels of the others too.
        int[] kept = [.. Enumerable.Range(0, DenseTaps).Where(t => t / Channels % 2 == 0 && t % Channels >= 4)];
        LayerPlan plan = Plan(Layer(kept, mask: null));
        Assert.Equal(5 * 12, plan.Taps);
        Assert.Equal(15, plan.Words);
        Assert.Equal(5, plan.BuildSteps);
        Assert.Equal(60L * Outputs * 64, plan.MultiplyAccumulates);
        LayerReport dense = Run(Layer(null, null));
        LayerReport pruned = Run(Layer(kept, null));
        Assert.Equal(dense.ArrayCycles * 15 / 36, pruned.ArrayCycles);
        Assert.Equal(pruned.EstimatedCycles, pruned.Cycles);
    }

    [Fact]
    public void An_unstructured_mask_saves_no_cycle_until_a_whole_block_is_empty()
    {
        LayerReport dense = Run(Layer(null, null));
        byte[] scattered = Mask((row, tap) => ((row * 7) + tap) % 8 == 0);
        LayerReport unstructured = Run(Layer(null, scattered));
        Assert.Equal(dense.Cycles, unstructured.Cycles);
        Assert.Equal(dense.ArrayCycles, unstructured.ArrayCycles);

        // One weight more per block: group 1 (rows 8..15), word 3 (taps 12..15).
        LayerReport oneBlock = Run(Layer(null, Mask((row, tap) => ((row * 7) + tap) % 8 == 0 && !(row / 8 == 1 && tap / 4 == 3))));
        Assert.Equal(dense.ArrayCycles - dense.ArrayCycles / (36 * 4), oneBlock.ArrayCycles);
        Assert.Equal(oneBlock.EstimatedCycles, oneBlock.Cycles);
    }

    [Fact]
    public void Empty_blocks_are_neither_computed_nor_kept_in_memory()
    {
        ConvolutionLayer layer = Layer(null, Mask((row, tap) => (row / 8) + (tap / 4) % 2 == 0 || row / 8 == 2 && tap / 4 == 35));
        AcceleratorProgram program = LayerMapper.Map(Network(layer), Design());
        LayerPlan plan = program.Layers[0];
        Assert.Equal([18, 1, 1, 1], Enumerable.Range(0, 4).Select(g => plan.Sent.Of(g).Length));
        Assert.Equal([35], plan.Sent.Of(2));
        Assert.Equal([0], plan.Sent.Of(3));
        Assert.Equal(21, program.Memory.WeightWords);
        Assert.Equal(21L * plan.Tiles, plan.ArrayCycles);
        Run(layer);
    }

    [Fact]
    public void A_run_tells_that_blocks_were_made_for_another_design()
    {
        Network network = Network(Layer(null, Mask((row, tap) => row / 8 == 0)));
        Network made = network with { Pruning = network.Pruning with { Structure = "block", BlockLanes = (16, 4) } };
        Assert.Contains(Report(made).Conditions, c => c.Contains("blocks of 16 x 4 (Po x Pi), the design computes 8 x 4", StringComparison.Ordinal));
        made = network with { Pruning = network.Pruning with { Structure = "block", BlockLanes = (8, 4) } };
        Assert.DoesNotContain(Report(made).Conditions, c => c.Contains("blocks of", StringComparison.Ordinal));
    }

    private static AcceleratorDesign Design() => Designs.Reference(
        "peArray.outputLanes=8", "peArray.pixelLanes=16", "peArray.inputLanes=4", "frameBuffer.wordsPerBank=4096", "frameBuffer.wordChannels=16", "frameBuffer.banks=64");

    private static LayerPlan Plan(ConvolutionLayer layer) => LayerMapper.Map(Network(layer), Design()).Layers[0];

    private static LayerReport Run(ConvolutionLayer layer) => Report(Network(layer)).Layers[0];

    private static RunReport Report(Network network)
    {
        MachineRun run = MachineRun.Execute(network, Design(), RandomNetworks.Frames(network, 1, seed: 5), new RunOptions(1, Check: true));
        Assert.True(run.Report.Mismatches == 0, run.FirstMismatch);
        return run.Report;
    }

    private static byte[] Mask(Func<int, int, bool> keep)
    {
        byte[] mask = new byte[Outputs * DenseTaps / 8];
        for (int i = 0; i < Outputs * DenseTaps; i++)
        {
            mask[i / 8] |= (byte)((keep(i / DenseTaps, i % DenseTaps) ? 1 : 0) << (i % 8));
        }

        return mask;
    }

    private static ConvolutionLayer Layer(int[]? kept, byte[]? mask)
    {
        Random random = new(3);
        MapShape input = new(8, 8, Channels);
        QuadrantTensor weights = RandomLayers.Weights(random, Outputs, kept?.Length ?? DenseTaps, masked: false);
        return new ConvolutionLayer(
            "conv", BcnnSim.Networks.Network.InputName, input, Outputs, 3, 3, 1, 1, 1, 1, 1, 1, FoldedNorm.Threshold(new long[2 * Outputs], new byte[2 * Outputs]), weights with { Mask = mask })
        {
            KeptTaps = kept,
        };
    }

    private static Network Network(ConvolutionLayer layer)
    {
        long dense = (long)DenseTaps * Outputs;
        long kept = RandomLayers.KeptWeights(layer);
        return new Network(
            "pruned", new NetworkInput(8, 8, Channels, 1, "none", new Dictionary<string, double>()), [layer], RandomLayers.Classifier(new Random(1), "conv", layer.OutputShape), [],
            new PruningRecord(dense == kept ? "none" : "unstructured", dense, kept), new Dictionary<string, string>());
    }
}
