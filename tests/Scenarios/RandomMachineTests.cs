using System.Text.Json;
using BcnnSim.Design;
using BcnnSim.Kernel;
using BcnnSim.Networks;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Scenarios;

/// <summary>Random networks, plain and residual, on random machines: right bits and values, and the same report byte for byte however the kernel runs.</summary>
public sealed class RandomMachineTests
{
    private const int Frames = 3;

    public static TheoryData<int> Blocks => [0, 1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_map_and_score_equals_the_reference_on_any_machine(int block)
    {
        foreach (int seed in Seeds(block, 20))
        {
            MachineRun run = Run(seed, null);
            Assert.True(run.Report.Mismatches == 0, $"seed {seed}: {run.FirstMismatch}");
            Assert.Equal(Frames, run.Report.FramesChecked);
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Skipping_order_and_spurious_ticks_never_change_a_byte_of_the_report(int block)
    {
        foreach (int seed in Seeds(block, 6))
        {
            string expected = Json(seed, new SimulationOptions());
            Assert.True(expected == Json(seed, new SimulationOptions(Skipping: false)), $"seed {seed}: without skipping");
            Assert.True(expected == Json(seed, new SimulationOptions(OrderSeed: seed)), $"seed {seed}: shuffled order");
            Assert.True(expected == Json(seed, new SimulationOptions(OrderSeed: seed + 1)), $"seed {seed}: another order");
            Assert.True(expected == Json(seed, new SimulationOptions(TickEverything: true)), $"seed {seed}: spurious ticks");
        }
    }

    [Fact]
    public void Effective_utilization_and_losses_sum_to_one()
    {
        foreach (int seed in Seeds(20, 10))
        {
            RunReport report = Run(seed, null).Report;
            LossReport l = report.Losses;
            double sum = report.EffectiveUtilization + l.Padding + l.TapRemainder + l.ChannelRemainder + l.PixelRemainder + l.MaskedWeights + l.Stall;
            Assert.Equal(1, sum, 12);
            Assert.All(report.Layers, layer => Assert.Equal(
                1,
                layer.EffectiveUtilization + layer.Losses.Padding + layer.Losses.TapRemainder + layer.Losses.ChannelRemainder + layer.Losses.PixelRemainder + layer.Losses.MaskedWeights + layer.Losses.Stall,
                12));
        }
    }

    private static IEnumerable<int> Seeds(int block, int count) =>
        Enumerable.Range((block * 1000) + 1, 1000).Where(s => Network(s).Classifier is not null).Take(count);

    /// <summary>Every other network is residual.</summary>
    private static Network Network(int seed) => seed % 2 == 0 ? RandomResidualNetworks.Of(seed) : RandomNetworks.Plain(seed);

    private static string Json(int seed, SimulationOptions options) => JsonSerializer.Serialize(Run(seed, options).Report);

    private static MachineRun Run(int seed, SimulationOptions? options)
    {
        Network network = Network(seed);
        AcceleratorDesign design = RandomDesigns.For(network, seed);
        Assert.True(DesignRules.Check(design, "random").Count == 0, $"seed {seed}: {string.Join("; ", DesignRules.Check(design, "random"))}");
        return MachineRun.Execute(network, design, RandomNetworks.Frames(network, Frames, seed), new RunOptions(Frames, Check: true, options));
    }
}
