using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// The memory as the streams of an accelerator see it: each stream enters by the port over its first pseudo-channel, behind a clock
/// converter, or behind an arbiter where several streams share a port. Built when all streams are known.
/// </summary>
internal sealed class MemorySystem(Simulation simulation, ClockDomain clock, AcceleratorDesign design)
{
    private readonly List<(string Name, int First, int Count, AxiPort Port)> streams = [];
    private HbmMemory? memory;

    /// <summary>Contents behind all controllers.</summary>
    public HbmImage Image { get; } = new();

    /// <summary>Switch, controllers and DRAM, once built.</summary>
    public HbmMemory Memory => memory ?? throw new InvalidOperationException("the memory is built when all streams are connected");

    /// <summary>Adds a stream that reaches <paramref name="count"/> pseudo-channels from <paramref name="first"/> upwards, modulo 32.</summary>
    public void Connect(string name, int first, int count, AxiPort port) => streams.Add((name, first, count, port));

    /// <summary>Name of a pseudo-channel in reports: its stream's, or its own where streams share it or a stream has several.</summary>
    public string NameOf(int pseudoChannel)
    {
        string[] users = [.. streams.Where(s => Reached(s.First, s.Count).Contains(pseudoChannel)).Select(s => s.Count == 1 ? s.Name : "")];
        return users.Length == 1 && users[0].Length > 0 ? users[0] : string.Create(CultureInfo.InvariantCulture, $"hbm.pc{pseudoChannel:00}");
    }

    private static IEnumerable<int> Reached(int first, int count) => Enumerable.Range(first, count).Select(p => p % HbmMemory.Width);

    /// <summary>Builds ports, switch and controllers.</summary>
    public void Build()
    {
        (int, int)[] routes = [.. streams.SelectMany(s => Reached(s.First, s.Count).Select(p => (s.First, p))).Distinct()];
        memory = new HbmMemory(simulation, clock, design, routes, Image);
        foreach (IGrouping<int, (string Name, int First, int Count, AxiPort Port)> group in streams.GroupBy(s => s.First).OrderBy(g => g.Key))
        {
            AxiPort[] users = [.. group.Select(s => s.Port)];
            AxiLink link = memory.Port(group.Key);
            if (users.Length == 1)
            {
                _ = new AxiClockConverter($"{users[0].Name}.converter", clock, users[0], link);
            }
            else
            {
                _ = new AxiArbiter(string.Create(CultureInfo.InvariantCulture, $"axi.p{group.Key:00}.arbiter"), clock, users, link);
            }
        }
    }
}
