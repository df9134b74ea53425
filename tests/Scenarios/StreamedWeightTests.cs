using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Scenarios;

/// <summary>Weights fetched within every frame: right bits with any ring, the closed form where the memory keeps up, stalls under their own name where not.</summary>
public sealed class StreamedWeightTests
{
    [Fact]
    public void Closed_form_equals_simulation_where_the_memory_keeps_up()
    {
        List<string> wrong = [];
        int exact = 0;
        int late = 0;
        for (int seed = 1; seed < 160; seed++)
        {
            Network network = seed % 2 == 0 ? RandomResidualNetworks.Of(seed) : RandomNetworks.Plain(seed);
            if (network.Classifier is null)
            {
                continue;
            }

            AcceleratorDesign design = Fitting(seed % 3 == 0 ? 512 : 65_536, $"axi.fixedPathCycles={2 + (seed % 5 * 10)}");
            RunReport report = Run(network, design, seed);
            if (report.Stalls.Any(c => c.Reasons.ContainsKey("bank conflict")))
            {
                continue;
            }

            AcceleratorProgram program = LayerMapper.Map(network, design);
            foreach (LayerPlan plan in program.Layers)
            {
                CycleEstimate e = CycleEstimate.Of(plan, design);
                LayerReport layer = report.Layers[plan.Index];
                late += e.Bound == "weight" ? 1 : 0;
                exact += e.Exact ? 1 : 0;
                if (e.Exact && layer.Cycles != e.Cycles)
                {
                    wrong.Add($"seed {seed} {layer.Name} {layer.Shape}: simulated {layer.Cycles}, closed form {e.Cycles}");
                }
            }
        }

        Assert.True(wrong.Count == 0 && exact >= 20 && late >= 20, $"{exact} exact, {late} late, {wrong.Count} wrong\n{string.Join('\n', wrong.Take(20))}");
    }

    /// <summary>Words of two beats and a ring too small for the layer: the array waits for memory in every tile.</summary>
    [Fact]
    public void A_layer_larger_than_the_ring_is_fetched_again_for_every_tile()
    {
        Network network = Big();
        AcceleratorDesign design = Fitting(64, "peArray.outputLanes=32", "peArray.inputLanes=8", "activationBuffer.wordChannels=32", "clocks.axiKilohertz=200000");
        LayerPlan plan = LayerMapper.Map(network, design).Layers[1];
        Assert.Equal(plan.Tiles, plan.WeightPasses);
        RunReport report = Run(network, design, 1);
        long bytes = report.Memory.Single(m => m.Stream == "hbm.weights").ReadBytes;
        Assert.Equal(LayerMapper.Map(network, design).Layers.Sum(l => (long)l.Sent.Total * l.WeightPasses * 64), bytes);
        Assert.Equal("weight", report.Layers[1].Bound);
        Assert.True(report.Layers[1].Cycles * 10 > 18 * report.Layers[1].ArrayCycles, $"{report.Layers[1].Cycles} of {report.Layers[1].ArrayCycles}");
        Assert.True(report.Layers[1].StallCycles["starved by pe.weight"] * 10 > 8 * report.Layers[1].ArrayCycles);
        Assert.Contains(report.Stalls.Single(s => s.Component == "weights").Reasons, r => r.Key == "starved by dma.weights.data" && r.Value > 0);
        Assert.Contains(report.Stalls.Single(s => s.Component == "dma.weights").Reasons, r => r.Key == "memory" && r.Value > 0);
    }

    [Fact]
    public void Streamed_weights_are_part_of_the_frame_and_not_of_the_initial_load()
    {
        Network network = Big();
        RunReport resident = Run(network, Fitting(65_536, "weightBuffer.residency=onChip"), 1);
        RunReport streamed = Run(network, Fitting(65_536), 1);
        Assert.True(streamed.InitialLoadCycles < resident.InitialLoadCycles / 2);
        Assert.True(streamed.LatencyCycles >= resident.LatencyCycles);
        Assert.Contains(streamed.Conditions, c => c.Contains("weights streamed within the frame", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_too_large_for_the_chip_is_refused_with_streaming_as_the_remedy()
    {
        Network network = Big();
        AcceleratorDesign design = Fitting(64, "weightBuffer.residency=onChip");
        Violation violation = Assert.Single(Assert.Throws<InputException>(() => LayerMapper.Map(network, design)).Violations);
        Assert.Equal("weights", violation.Place);
        Assert.Contains("weightBuffer.residency = stream", violation.Remedy, StringComparison.Ordinal);
    }

    private static RunReport Run(Network network, AcceleratorDesign design, int seed)
    {
        MachineRun run = MachineRun.Execute(network, design, RandomNetworks.Frames(network, 1, seed), new RunOptions(1, Check: true));
        Assert.True(run.Report.Mismatches == 0, $"seed {seed}: {run.FirstMismatch}");
        return run.Report;
    }

    private static AcceleratorDesign Fitting(int words, params string[] overrides)
    {
        return Designs.Reference([
            "frameBuffer.wordsPerBank=4096", "activationBuffer.wordsPerBank=4096", "lineBuffer.windowWords=4096", $"weightBuffer.words={words}",
            .. overrides.Any(o => o.StartsWith("weightBuffer.residency", StringComparison.Ordinal)) ? overrides : ["weightBuffer.residency=stream", .. overrides],
        ]);
    }

    /// <summary>Two layers, the second of 288 taps and 64 channels on 16 x 16 pixels.</summary>
    private static Network Big()
    {
        Random random = new(9);
        ConvolutionLayer first = Layer(random, "conv1", Network.InputName, new MapShape(16, 16, 4), 32);
        ConvolutionLayer second = Layer(random, "conv2", "conv1", first.OutputShape, 64);
        long weights = ((long)first.Taps * 32) + ((long)second.Taps * 64);
        return new Network(
            "big", new NetworkInput(16, 16, 4, 1, "none", new Dictionary<string, double>()), [first, second], RandomLayers.Classifier(random, "conv2", second.OutputShape), [],
            new PruningRecord("none", weights, weights), new Dictionary<string, string>());
    }

    private static ConvolutionLayer Layer(Random random, string name, string source, MapShape input, int outputs) => new(
        name, source, input, outputs, 3, 3, 1, 1, 1, 1, 1, 1, BcnnSim.Numerics.FoldedNorm.Threshold(new long[2 * outputs], new byte[2 * outputs]),
        RandomLayers.Weights(random, outputs, 9 * input.Channels, masked: false));
}
