using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Buffers;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>Residual unit with its shortcut buffer, and the norm behind a closed output, cycle by cycle.</summary>
public sealed class ResidualTimingTests
{
    private const int Beats = 20;

    /// <summary>
    /// Value k is taken when slot k mod r is free again: r values per L + 2 cycles, one per cycle from r = L + 2 on. It is pushed L + 2 cycles after
    /// it was taken: request popped (1), reply pushed (L), popped (1).
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(2, 4)]
    [InlineData(4, 1)]
    [InlineData(4, 5)]
    [InlineData(4, 6)]
    [InlineData(4, 16)]
    public void Values_wait_for_their_shortcut_and_pass_at_the_rate_their_slots_allow(int latency, int slots)
    {
        long[] taken = Run(Designs.Reference($"shortcutBuffer.readLatency={latency}", $"residual.readsInFlight={slots}"), adds: true);
        int perRound = Math.Min(slots, latency + 2);
        Assert.Equal(Beats, taken.Length);

        // Pushed by the source at 0, taken at 1, pushed at 1 + L + 2, popped in the cycle after.
        Assert.Equal(latency + 4, taken[0]);
        for (int k = 0; k < Beats; k++)
        {
            Assert.Equal(taken[0] + (k / perRound * (latency + 2)) + (k % perRound), taken[k]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Without_a_shortcut_values_pass_one_register_at_one_beat_per_cycle(int slots)
    {
        long[] taken = Run(Designs.Reference($"residual.readsInFlight={slots}"), adds: false);
        Assert.Equal(Enumerable.Range(3, Beats).Select(c => (long)c), taken);
    }

    /// <summary>The parameters have a path of their own: all are taken, and reported, while the pipeline stands behind a full channel.</summary>
    [Fact]
    public void The_norm_takes_its_constants_while_its_output_is_blocked()
    {
        const int Closed = 300;
        AcceleratorProgram program = LayerMapper.Map(TinyResidualNetwork.Create(), Designs.Reference());
        DmaRig rig = new(program.Design);
        LayerPlan layer = program.Layers[1];
        int channels = program.Layers.Sum(l => l.Output.Channels);
        Channel<Beat256> data = rig.Channel<Beat256>("data");
        Channel<SumBeat> sums = rig.Channel<SumBeat>("sums");
        Channel<LayerCommand> commands = rig.Channel<LayerCommand>("commands");
        Channel<BitBeat> bits = rig.Channel<BitBeat>("bits");
        Channel<ValueBeat> values = rig.Channel<ValueBeat>("values");
        Channel<Completion> loaded = rig.Channel<Completion>("loaded");
        _ = new ListSource<Beat256>("constants", rig.Array, data, Enumerable.Repeat(default(Beat256), channels));
        _ = new ListSource<LayerCommand>("sequencer", rig.Array, commands, [new LayerCommand(layer, 0, 0)]);
        _ = new ListSource<SumBeat>("pool", rig.Array, sums, Enumerable.Range(0, layer.Output.Pixels / 4).Select(_ => new SumBeat(new SumBlock(4, 8) { Pixels = 4, Channels = layer.Output.Channels })));
        _ = new NormUnit("norm", rig.Array, program.Design.PeArray.OutputLanes, program.Design.Norm, channels, data, commands, sums, bits, values, loaded, downstreamBits: 4, downstreamValues: 4);
        ListSink<BitBeat> blocked = new("blocked", rig.Array, bits, cycle => cycle >= Closed);
        _ = new ListSink<ValueBeat>("nothing", rig.Array, values);
        ListSink<Completion> reports = new("reports", rig.Array, loaded);
        rig.Simulation.Run();
        Assert.Equal(layer.Output.Pixels / 4, blocked.Taken.Count);
        Assert.All(blocked.Taken, t => Assert.True(t.Cycle >= Closed));
        Assert.True(Assert.Single(reports.Taken).Cycle < channels + 10);
    }

    /// <summary>Beats of four pixels through the unit, from a source that always has one: the cycles in which they come out.</summary>
    private static long[] Run(AcceleratorDesign design, bool adds)
    {
        AcceleratorProgram program = LayerMapper.Map(TinyResidualNetwork.Create(), design);
        DmaRig rig = new(design);
        LayerPlan layer = program.Layers[2] with { AddsShortcut = adds, Output = new MapShape(1, 4 * Beats, 3) };
        program = program with { Layers = [program.Layers[0] with { Output = layer.Output }, layer] };
        Channel<LayerCommand> commands = rig.Channel<LayerCommand>("commands");
        Channel<LayerCommand> store = rig.Channel<LayerCommand>("store");
        Channel<ValueBeat> values = rig.Channel<ValueBeat>("values");
        Channel<ValueBeat> activation = rig.Channel<ValueBeat>("activation");
        Channel<ValueBeat> shortcut = rig.Channel<ValueBeat>("shortcut");
        Channel<ValueBeat> classifier = rig.Channel<ValueBeat>("classifier");
        Channel<Completion> done = rig.Channel<Completion>("done");
        (Channel<ShortcutRequest>, Channel<ValueBeat>) read = (rig.Channel<ShortcutRequest>("read"), rig.Channel<ValueBeat>("reply"));
        _ = new ListSource<LayerCommand>("sequencer", rig.Array, commands, [new LayerCommand(layer, 0, 0)]);
        _ = new ListSource<LayerCommand>("no store", rig.Array, store, []);
        _ = new ListSource<ValueBeat>("norm", rig.Array, values, Enumerable.Range(0, Beats).Select(Beat));
        _ = new ResidualUnit("residual", rig.Array, program, commands, values, read, activation, shortcut, classifier);
        _ = new ShortcutBuffer("shortcut buffer", rig.Array, program, store, shortcut, read, done);
        ListSink<ValueBeat> sink = new("activation buffer", rig.Array, activation);
        _ = new ListSink<ValueBeat>("head", rig.Array, classifier);
        _ = new ListSink<Completion>("completions", rig.Array, done);
        rig.Simulation.Run();
        return [.. sink.Taken.Select(t => t.Cycle)];
    }

    private static ValueBeat Beat(int k)
    {
        ValueBlock block = new(4, 8) { Pixels = 4, Channels = 3, Layer = 2 };
        for (int i = 0; i < 4; i++)
        {
            block.PixelIndex[i] = (4 * k) + i;
        }

        return new ValueBeat(block);
    }
}
