using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

public sealed class AxiArbiterTests
{
    private const int Bursts = 60;

    /// <summary>Random reads and writes of several masters, each in its own place, some slow to take their data.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    public void Every_master_gets_its_own_data_in_order(int masters)
    {
        Rig rig = new(masters, (m, i) => i % 3 == 2 ? Write(m, i) : Read(m, i), m => cycle => (cycle + m) % (m + 1) == 0);
        rig.Simulation.Run();
        for (int m = 0; m < masters; m++)
        {
            IEnumerable<ulong> expected = Enumerable.Range(0, Bursts).Where(i => i % 3 != 2).SelectMany(i => Enumerable.Range(0, 1 + (i % 4)).Select(b => (ulong)(Place(m, i) + (32L * b))));
            Assert.Equal(expected, rig.Masters[m].Read.Select(r => r.Data.W0));
            Assert.Equal(Bursts / 3, rig.Masters[m].Responses);
        }
    }

    /// <summary>All ask at every edge: the ports are served in turn, at most one request per cycle.</summary>
    [Fact]
    public void Requests_take_turns_one_per_cycle()
    {
        const int Masters = 4;
        Rig rig = new(Masters, Read, static _ => static _ => true);
        TurnWatch watch = new(rig.Memory.ReadAddress);
        rig.Simulation.Run();
        Assert.Equal(Masters * Bursts, watch.Turns.Count);
        int[] middle = [.. watch.Turns.Skip(Masters * 2).Take(Masters * (Bursts - 8)).Select(t => t.Port)];
        Assert.All(middle.Zip(middle.Skip(Masters)), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal(Masters, middle.Take(Masters).Distinct().Count());
        Assert.Equal(watch.Turns.Count, watch.Turns.Select(t => t.Time).Distinct().Count());
    }

    /// <summary>Bytes of a request in reads before writes: master m, burst i.</summary>
    private static long Place(int master, int burst) => ((long)master << 20) + (burst * 4096L);

    private static MasterBurst Read(int master, int burst) => new(Place(master, burst), 1 + (burst % 4));

    private static MasterBurst Write(int master, int burst) =>
        new(Place(master, burst), 1 + (burst % 4), 0, [.. Enumerable.Range(0, 1 + (burst % 4)).Select(b => new Beat256((ulong)(Place(master, burst) + (32L * b)), 1, 2, 3))]);

    private sealed class TurnWatch : IChannelObserver
    {
        private readonly Channel<ReadAddressBeat> channel;

        public TurnWatch(Channel<ReadAddressBeat> channel)
        {
            this.channel = channel;
            channel.Attach(this);
        }

        public List<(int Port, long Time)> Turns { get; } = [];

        public void OnCommit(Channel committed, long time, bool pushed, bool popped)
        {
            if (pushed)
            {
                Turns.Add((channel.Pushing.Id, time));
            }
        }
    }

    private sealed class Rig
    {
        public Rig(int masters, Func<int, int, MasterBurst> request, Func<int, Func<long, bool>> mayTake)
        {
            AcceleratorDesign design = Designs.Reference();
            Simulation = new Simulation(new TimeBase(design.Clocks.ArrayKilohertz, design.Clocks.AxiKilohertz));
            ClockDomain array = Simulation.AddClock("array", design.Clocks.ArrayKilohertz);
            ClockDomain axi = Simulation.AddClock("axi", design.Clocks.AxiKilohertz);
            AxiPort[] ports = [.. Enumerable.Range(0, masters).Select(m => new AxiPort(Simulation, $"axi.{m}", design.Clocks, array, axi))];
            HbmImage image = new();
            for (int m = 0; m < masters; m++)
            {
                for (int i = 0; i < Bursts; i++)
                {
                    for (int b = 0; b < 4; b++)
                    {
                        image.Write(Place(m, i) + (32L * b), BitConverter.GetBytes(Place(m, i) + (32L * b)));
                    }
                }
            }

            Masters = [.. ports.Select((p, m) => new MemoryMaster($"master.{m}", array, p, Enumerable.Range(0, Bursts).Select(i => request(m, i)), mayTake(m)))];
            HbmMemory memory = new(Simulation, axi, design, [(0, 0)], image);
            Memory = memory.Port(0);
            _ = new AxiArbiter("arbiter", axi, ports, Memory);
        }

        public Simulation Simulation { get; }

        public AxiLink Memory { get; }

        public IReadOnlyList<MemoryMaster> Masters { get; }
    }
}
