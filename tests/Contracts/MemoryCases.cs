using System.Globalization;
using System.Text.Json;
using BcnnSim.Design;
using BcnnSim.Hardware.Traffic;
using BcnnSim.Kernel;
using BcnnSim.Tests.Harness;
using BcnnSim.Tests.Timing;

namespace BcnnSim.Tests.Contracts;

/// <summary>Memories the contract is checked on: random designs, several ports on several pseudo-channels, reads and writes, idle times.</summary>
internal static class MemoryCases
{
    /// <summary>Cases, each a seed.</summary>
    public const int Count = 12;

    private const int Requests = 60;

    public static ContractSubject Subject(int seed, SimulationOptions options)
    {
        Random random = new(seed);
        AcceleratorDesign d = RandomDesigns.Of(seed);
        d = d with { Axi = d.Axi with { SwitchOn = true } };
        int[] pseudoChannels = [.. Enumerable.Range(0, 32).OrderBy(_ => random.Next()).Take(random.Next(1, 5))];
        PortTraffic[] ports = [.. Enumerable.Range(0, 32).OrderBy(_ => random.Next()).Take(random.Next(1, 6)).Select(p => Port(p, Reached(p, pseudoChannels, random), random))];
        CompletionLog log = new();
        MemoryBench bench = new(d, ports, pseudoChannels, seed % 3 == 0 ? 300_000 : 450_000, log, options);
        return new ContractSubject(bench.Simulation, () => Result(bench, log));
    }

    /// <summary>Half of the ports keep to a pseudo-channel of their own mini-switch, most of which no other port reaches: straight ways among the others.</summary>
    private static int[] Reached(int port, int[] pseudoChannels, Random random) => random.Next(2) == 0 ? [port ^ random.Next(2)] : pseudoChannels;

    private static PortTraffic Port(int port, int[] pseudoChannels, Random random)
    {
        List<MemoryRequest> requests = [];
        long cycle = 0;
        for (int i = 0; i < Requests; i++)
        {
            cycle += random.Next(8) == 0 ? random.Next(5000) : random.Next(20);
            long address = ((long)pseudoChannels[random.Next(pseudoChannels.Length)] << 28) + random.Next(1 << random.Next(6, 27));
            requests.Add(new MemoryRequest(cycle, address, random.Next(1, 1 << random.Next(1, 12)), random.Next(3) == 0));
        }

        return new PortTraffic(port, new ListedRequests(requests, timed: random.Next(2) == 0), random.Next(0, 40), random.Next(1, 65), pseudoChannels);
    }

    private static string Result(MemoryBench bench, CompletionLog log) => string.Join('\n', [
        .. log.All.OrderBy(c => (c.Port, c.Number)).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Port} {c.Number} {c.Offered} {c.Completed}")),
        .. bench.Memory.PseudoChannels.Select(p => JsonSerializer.Serialize(bench.Memory.Statistics(p))),
    ]);
}
