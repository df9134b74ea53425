using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>The sum pooling unit alone, cycle by cycle, between a source that always has a beat and a sink.</summary>
public sealed class PoolTimingTests
{
    private const int Side = 8;

    /// <summary>
    /// A beat of 4 pixels x 3 of 8 channels takes ceil(4 / floor(lanes / 8)) cycles, or 4 ceil(3 / lanes) where a pixel does not fit; each of rows 1, 3, ... gives
    /// two pooled pixels per beat, in the last cycle of the beat: pushed by the source in 0, worked on from 1, popped in the cycle after its push.
    /// </summary>
    [Theory]
    [InlineData(64, 1)]
    [InlineData(32, 1)]
    [InlineData(31, 2)]
    [InlineData(16, 2)]
    [InlineData(8, 4)]
    [InlineData(4, 4)]
    [InlineData(2, 8)]
    [InlineData(1, 12)]
    public void A_pooled_beat_leaves_in_the_last_cycle_of_the_beat_that_completes_it(int lanes, int cycles)
    {
        List<(int Pixel, int Re, long Cycle)> taken = Run(lanes, factor: 2, beatPixels: 4, channels: 3, outputLanes: 8);

        // Beats 2, 3 (row 1), 6, 7 (row 3), ... complete pixels.
        Assert.Equal(Enumerable.Range(0, Side * Side / 4).Where(b => b % 4 >= 2).Select(b => (long)((b + 1) * cycles) + 1), taken.Select(t => t.Cycle));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(1)]
    public void Without_pooling_beats_pass_one_register_at_one_per_cycle(int lanes)
    {
        List<(int Pixel, int Re, long Cycle)> taken = Run(lanes, factor: 1, beatPixels: 4, channels: 8, outputLanes: 8);
        Assert.Equal(Enumerable.Range(2, Side * Side / 4).Select(c => (long)c), taken.Select(t => t.Cycle));
    }

    /// <summary>Beats that complete nothing lie between the results that wait: they must not take the storage of those.</summary>
    [Fact]
    public void Results_that_wait_behind_a_full_channel_keep_their_values()
    {
        List<(int Pixel, int Re, long Cycle)> taken = Run(lanes: 32, factor: 2, beatPixels: 1, channels: 1, outputLanes: 1, depth: 6, closed: 200);
        int half = Side / 2;
        Assert.Equal(half * half, taken.Count);
        for (int p = 0; p < taken.Count; p++)
        {
            Assert.True(taken[p].Cycle >= 200);
            Assert.Equal(p, taken[p].Pixel);
            int first = (2 * (p / half) * Side) + (2 * (p % half));
            Assert.Equal((4 * first) + 2 + (2 * Side), taken[p].Re);
        }
    }

    private static List<(int Pixel, int Re, long Cycle)> Run(int lanes, int factor, int beatPixels, int channels, int outputLanes, int depth = 2, int closed = 0)
    {
        DmaRig rig = new(Designs.Reference());
        LayerPlan layer = LayerMapper.Map(TinyResidualNetwork.Create(), Designs.Reference()).Layers[0];
        MapShape map = new(Side, Side, channels);
        layer = layer with { Convolution = map, SumPool = factor, Norm = map.Pooled(factor) };
        Channel<LayerCommand> commands = rig.Channel<LayerCommand>("commands");
        Channel<SumBeat> sums = rig.Channel<SumBeat>("sums");
        Channel<SumBeat> pooled = new(rig.Simulation, "pooled", depth);
        _ = new ListSource<LayerCommand>("sequencer", rig.Array, commands, [new LayerCommand(layer, 0, 0)]);
        _ = new ListSource<SumBeat>("accumulator", rig.Array, sums, Enumerable.Range(0, map.Pixels / beatPixels).Select(b => Beat(b * beatPixels, beatPixels, channels)));
        _ = new PoolUnit("pool", rig.Array, outputLanes, beatPixels * outputLanes, lanes, Side * channels, commands, sums, pooled);
        PooledSink sink = new(rig.Array, pooled, closed);
        rig.Simulation.Run();
        return sink.Taken;
    }

    private static SumBeat Beat(int pixel, int pixels, int channels)
    {
        SumBlock block = new(pixels, channels) { Pixels = pixels, Channels = channels };
        for (int i = 0; i < pixels; i++)
        {
            block.PixelIndex[i] = pixel + i;
            block.Re.AsSpan(i * channels, channels).Fill(pixel + i);
        }

        return new SumBeat(block);
    }

    /// <summary>Notes what a beat says when it is taken: its block is used again later.</summary>
    private sealed class PooledSink : Component
    {
        private readonly Channel<SumBeat> input;
        private readonly int closed;

        public PooledSink(ClockDomain clock, Channel<SumBeat> input, int closed)
            : base("norm", clock)
        {
            this.input = input;
            this.closed = closed;
            input.ConnectConsumer(this);
        }

        public List<(int Pixel, int Re, long Cycle)> Taken { get; } = [];

        public override bool HoldsWork => false;

        public override bool Tick(long cycle)
        {
            if (cycle >= closed && input.CanPop)
            {
                SumBlock block = input.Pop().Sums;
                Taken.Add((block.PixelIndex[0], block.Re[0], cycle));
            }

            return input.HasBeatNext;
        }
    }
}
