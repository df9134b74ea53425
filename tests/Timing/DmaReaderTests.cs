using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Dma;
using BcnnSim.Kernel;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

public sealed class DmaReaderTests
{
    [Theory]
    [InlineData(16, 16)]
    [InlineData(7, 3)]
    [InlineData(1, 1)]
    [InlineData(4, 64)]
    public void Beats_arrive_in_order_at_the_output_each_command_names(int maxBurstBeats, int outstanding)
    {
        LoadCommand[] commands = [new(4096 - 96, 50, 1), new(1 << 16, 1, 0), new(1 << 20, 33, 1), new((1 << 20) + 32, 200, 0)];
        Load load = new(Reference(maxBurstBeats, outstanding), commands, cycle => cycle % 3 > 0);
        load.Rig.Simulation.Run();
        for (int output = 0; output < 2; output++)
        {
            IEnumerable<ulong> expected = commands.Where(c => c.Output == output).SelectMany(c => Enumerable.Range(0, c.Beats).Select(i => (ulong)c.Address + (32UL * (ulong)i)));
            Assert.Equal(expected, load.Outputs[output].Taken.Select(t => t.Beat.W0));
        }
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(5, 2)]
    [InlineData(16, 1)]
    public void Bursts_keep_the_limits_of_length_page_and_outstanding(int maxBurstBeats, int outstanding)
    {
        Load load = new(Reference(maxBurstBeats, outstanding), [new(4096 - 320, 300, 0)], static _ => true);
        PortWatch watch = new(load.Rig.Port);
        load.Rig.Simulation.Run();
        Assert.All(watch.Bursts, b => Assert.InRange(b.Beats, 1, maxBurstBeats));
        Assert.All(watch.Bursts, b => Assert.Equal(b.Address / 4096, (b.Address + (32L * b.Beats) - 1) / 4096));
        Assert.Equal(300, watch.Bursts.Sum(b => b.Beats));
        Assert.Equal(outstanding < watch.Bursts.Count ? outstanding : watch.Bursts.Count, watch.MostOutstanding);
    }

    /// <summary>The command is popped in 1, the address pushed in 2; then the stream is one beat per cycle of the slower clock.</summary>
    [Theory]
    [InlineData(300_000)]
    [InlineData(200_000)]
    public void A_long_load_moves_one_beat_per_cycle(long arrayKilohertz)
    {
        const int Beats = 2048;
        AcceleratorDesign d = Reference(16, 16);
        Load load = new(d with { Clocks = d.Clocks with { ArrayKilohertz = arrayKilohertz } }, [new(0, Beats, 0)], static _ => true);
        CommitTimes addresses = new();
        load.Rig.Port.ReadAddress.Attach(addresses);
        load.Rig.Simulation.Run();
        Assert.Equal(2, addresses.Pushes[0] / load.Rig.Array.Period);
        List<(Beat256 Beat, long Cycle)> taken = load.Outputs[0].Taken;
        Assert.InRange(taken[^1].Cycle - taken[0].Cycle + 1, Beats, Beats + 2);
    }

    /// <summary>
    /// One burst of 16 outstanding: a round trip per burst. At 300 and 450 MHz, in ticks of 900 MHz, an address pushed at 3n is taken at the
    /// second AXI edge after it, its first beat is pushed 55 AXI cycles later (open row, switch on) and seen at the second array edge
    /// after that: 40 array cycles for even n, 39 for odd. The other 15 beats follow one per array cycle, and the next address leaves
    /// with the last.
    /// </summary>
    [Fact]
    public void With_one_burst_outstanding_every_burst_pays_the_round_trip()
    {
        Load load = new(Reference(16, 1), [new(0, 64, 0)], static _ => true);
        CommitTimes addresses = new();
        load.Rig.Port.ReadAddress.Attach(addresses);
        load.Rig.Simulation.Run();
        long[] cycles = [.. addresses.Pushes.Select(t => t / load.Rig.Array.Period)];
        Assert.Equal(4, cycles.Length);
        for (int i = 1; i < 3; i++)
        {
            Assert.Equal((cycles[i] % 2 == 0 ? 40 : 39) + 15, cycles[i + 1] - cycles[i]);
        }
    }

    private static AcceleratorDesign Reference(int maxBurstBeats, int outstanding)
    {
        AcceleratorDesign d = Designs.Reference();
        return d with { Dma = d.Dma with { MaxBurstBeats = maxBurstBeats, OutstandingReads = outstanding }, Hbm = d.Hbm with { Refresh = RefreshMode.Off } };
    }

    /// <summary>A reader with two outputs over an image whose beats hold their own address.</summary>
    private sealed class Load
    {
        public Load(AcceleratorDesign design, LoadCommand[] commands, Func<long, bool> mayTake)
        {
            Rig = new DmaRig(design);
            Channel<LoadCommand> command = Rig.Channel<LoadCommand>("command");
            Channel<Beat256>[] outputs = [Rig.Channel<Beat256>("first"), Rig.Channel<Beat256>("second")];
            _ = new ListSource<LoadCommand>("source", Rig.Array, command, commands);
            _ = new DmaReader("dma", Rig.Array, design.Dma, command, Rig.Port, outputs);
            Outputs = [.. outputs.Select(o => new ListSink<Beat256>($"sink.{o.Name}", Rig.Array, o, mayTake))];
            foreach (LoadCommand c in commands)
            {
                for (long at = c.Address; at < c.Address + (32L * c.Beats); at += 32)
                {
                    Rig.Image.WriteBeat(at, new Beat256((ulong)at, 0, 0, 0), uint.MaxValue);
                }
            }
        }

        public DmaRig Rig { get; }

        public ListSink<Beat256>[] Outputs { get; }
    }

    private sealed class PortWatch : IChannelObserver
    {
        private readonly AxiPort port;
        private int outstanding;

        public PortWatch(AxiPort port)
        {
            this.port = port;
            port.ReadAddress.Attach(this);
            port.ReadData.Attach(this);
        }

        public List<ReadAddressBeat> Bursts { get; } = [];

        public int MostOutstanding { get; private set; }

        public void OnCommit(Channel channel, long time, bool pushed, bool popped)
        {
            if (channel == port.ReadAddress && pushed)
            {
                Bursts.Add(port.ReadAddress.Pushing);
                outstanding++;
                MostOutstanding = Math.Max(MostOutstanding, outstanding);
            }

            if (channel == port.ReadData && popped)
            {
                outstanding -= port.ReadData.Head.Last ? 1 : 0;
            }
        }
    }
}
