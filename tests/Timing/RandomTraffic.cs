using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;
using BcnnSim.Tests.Harness;

namespace BcnnSim.Tests.Timing;

/// <summary>A random design of the memory path and random bursts for it: reads in the lower half of a row range, writes in the upper.</summary>
internal sealed class RandomTraffic
{
    public const int PseudoChannel = 5;
    private const int Bursts = 200;
    private const long Half = 1L << 20;
    private readonly List<MasterBurst> requests = [];
    private readonly int seed;

    public RandomTraffic(int seed, bool? refresh = null, bool? switched = null)
    {
        this.seed = seed;
        Random random = new(seed);
        AcceleratorDesign d = RandomDesigns.Of(seed);

        // A shallow crossing behind a slow master is often full: returns wait in the controller.
        Design = d with { Axi = d.Axi with { SwitchOn = switched ?? d.Axi.SwitchOn }, Clocks = d.Clocks with { CrossingDepth = random.Next(2, 6) }, Hbm = d.Hbm with { Refresh = refresh ?? seed % 4 != 0 ? RefreshMode.AllBank : RefreshMode.Off } };
        long cycle = 0;
        for (int i = 0; i < Bursts; i++)
        {
            int beats = random.Next(3) == 0 ? 1 : random.Next(1, 17);
            long address = Address(random, beats);
            bool write = random.Next(3) == 0;
            requests.Add(new MasterBurst((write ? Half : 0) + address, beats, cycle, write ? Payload(random, beats) : null));
            cycle += random.Next(6) == 0 ? random.Next(200) : random.Next(8);
        }
    }

    public AcceleratorDesign Design { get; }

    public long Beats => requests.Sum(r => r.Beats);

    public MemoryRig Rig(SimulationOptions? options = null, bool straightWays = true)
    {
        MemoryRig rig = new(Design, requests, PseudoChannel, options, mayTake: cycle => seed % 2 == 0 || cycle % 64 > 40, straightWays);
        for (long address = 0; address < Half; address += Beat256.Bytes)
        {
            rig.Image.WriteBeat(rig.Base + address, Content(address), uint.MaxValue);
        }

        return rig;
    }

    public IEnumerable<(Beat256 Data, bool Last)> ExpectedReads() => requests.Where(r => r.Data is null)
        .SelectMany(r => Enumerable.Range(0, r.Beats).Select(i => (Content(r.Address + (32L * i)), i == r.Beats - 1)));

    /// <summary>Last content of every beat written.</summary>
    public IEnumerable<(long Address, Beat256 Data)> ExpectedWrites() => requests.Where(r => r.Data is not null)
        .SelectMany(r => r.Data!.Select((data, i) => (Address: r.Address + (32L * i), Data: data)))
        .GroupBy(w => w.Address).Select(g => g.Last());

    private static Beat256 Content(long address) => new((ulong)address * 0x9E3779B97F4A7C15, (ulong)address, ~(ulong)address, 7);

    /// <summary>Beat-aligned, inside one 4 KiB page, often in a row used before.</summary>
    private static long Address(Random random, int beats)
    {
        long page = random.Next(3) == 0 ? random.Next(4) : random.NextInt64(Half / 4096);
        return (page * 4096) + (random.Next((4096 / Beat256.Bytes) - beats + 1) * (long)Beat256.Bytes);
    }

    private static Beat256[] Payload(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new Beat256((ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64(), 1))];
}
