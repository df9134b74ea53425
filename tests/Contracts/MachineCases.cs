using BcnnSim.Design;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;

namespace BcnnSim.Tests.Contracts;

/// <summary>
/// Machines the contract is checked on: random networks on random designs, one and two frames in flight, several clocks, and
/// corners that random draws seldom reach.
/// </summary>
internal static class MachineCases
{
    private static readonly long[] ArrayKilohertz = [300_000, 200_000, 450_000, 333_000];
    private static readonly RandomNetworkOptions Small = new(Layers: 3, Channels: 12, Side: 8, LaneOperations: 60_000);

    public static IReadOnlyList<MachineCase> All { get; } = [.. Random(8), .. Residual(6), .. StreamsAndReplicas(8), .. Corners()];

    private static IEnumerable<MachineCase> Random(int count)
    {
        for (int i = 0; i < count; i++)
        {
            int seed = 500 + (10 * i);
            AcceleratorDesign design = RandomDesigns.Of(seed);
            design = design with
            {
                Clocks = design.Clocks with { ArrayKilohertz = ArrayKilohertz[i % ArrayKilohertz.Length] },
                Execution = new ExecutionDesign { FramesInFlight = 1 + (i / 2 % 2), Replicas = 1 },
            };
            yield return new MachineCase($"random {seed}", Classified(seed), design, 3);
        }
    }

    private static IEnumerable<MachineCase> Residual(int count)
    {
        for (int i = 0; i < count; i++)
        {
            int seed = 800 + i;
            AcceleratorDesign design = RandomDesigns.Of(seed);
            design = design with { Execution = new ExecutionDesign { FramesInFlight = 1 + (i % 3), Replicas = 1 } };
            yield return new MachineCase($"residual {seed}", RandomResidualNetworks.Of(seed, Small), design, 3);
        }
    }

    /// <summary>Streamed weights in rings from a beat to everything, replicas on shared and on separate pseudo-channels, and both together.</summary>
    private static IEnumerable<MachineCase> StreamsAndReplicas(int count)
    {
        for (int i = 0; i < count; i++)
        {
            int seed = 900 + (10 * i);
            Network network = i % 2 == 0 ? Classified(seed) : RandomResidualNetworks.Of(seed, Small);
            AcceleratorDesign design = RandomDesigns.Of(seed);
            design = design with { Execution = new ExecutionDesign { FramesInFlight = 1 + (i % 3), Replicas = 1 + (i % 4) }, Dma = design.Dma with { ReplicaStride = i % 3 == 0 ? 1 : 0 } };
            yield return new MachineCase($"streams and replicas {seed}", network, i % 4 == 3 ? design : RandomDesigns.Streamed(design, network, seed), 6);
        }
    }

    private static IEnumerable<MachineCase> Corners()
    {
        AcceleratorDesign d = RandomDesigns.Of(1);
        yield return new MachineCase(
            "every FIFO of depth 1", Classified(700), d with { Fifos = new FifoDesign { Window = 1, Weight = 1, PartialSum = 1, Sum = 1, Bits = 1, Values = 1, Read = 1, Command = 1, Data = 1 } }, 2);
        yield return new MachineCase(
            "every FIFO of depth 1, shortcuts one at a time",
            TinyResidualNetwork.Create(),
            d with
            {
                Fifos = new FifoDesign { Window = 1, Weight = 1, PartialSum = 1, Sum = 1, Bits = 1, Values = 1, Read = 1, Command = 1, Data = 1 },
                Residual = new ResidualDesign { ReadsInFlight = 1 },
                Execution = new ExecutionDesign { FramesInFlight = 2, Replicas = 1 },
            },
            3);
        yield return new MachineCase(
            "single-beat bursts, one outstanding", Classes(Classified(710), 40), d with { Dma = d.Dma with { MaxBurstBeats = 1, OutstandingReads = 1, OutstandingWrites = 1 } }, 2);
        yield return new MachineCase(
            "results of several bursts", Classes(Classified(720), 150), d with { Dma = d.Dma with { MaxBurstBeats = 16, OutstandingWrites = 2 }, Execution = new ExecutionDesign { FramesInFlight = 2, Replicas = 1 } }, 3);
        yield return new MachineCase(
            "one-cycle multiplier, slow classifier, four frames in flight",
            Classified(730),
            d with { Classifier = d.Classifier with { Lanes = 1 }, Execution = new ExecutionDesign { FramesInFlight = 4, Replicas = 1 }, FrameBuffer = d.FrameBuffer with { Slots = 3 } },
            6);
        yield return new MachineCase("one layer only", OneLayer(740), d with { Execution = new ExecutionDesign { FramesInFlight = 4, Replicas = 1 } }, 6);
        yield return new MachineCase("array clock far below the memory's", Classified(750), d with { Clocks = d.Clocks with { ArrayKilohertz = 50_000 } }, 2);
        yield return new MachineCase("array clock above the memory's", Classified(760), d with { Clocks = d.Clocks with { ArrayKilohertz = 900_000 } }, 2);
    }

    /// <summary>The first network from a seed on that has a classifier: the machine needs one.</summary>
    private static Network Classified(int seed)
    {
        while (true)
        {
            Network network = RandomNetworks.Plain(seed++, Small);
            if (network.Classifier is not null)
            {
                return network;
            }
        }
    }

    private static Network Classes(Network network, int classes)
    {
        Random random = new(classes);
        ClassifierLayer head = network.Classifier!;
        sbyte[] weights = [.. Enumerable.Range(0, classes * head.Features).Select(_ => (sbyte)random.Next(-128, 128))];
        long[] bias = [.. Enumerable.Range(0, classes).Select(_ => (long)random.Next(-1000, 1000))];
        return network with
        {
            Classifier = new ClassifierLayer(head.Name, head.Source, head.InputShape, classes, weights, bias),
            Classes = [.. Enumerable.Range(0, classes).Select(k => $"class {k}")],
        };
    }

    private static Network OneLayer(int seed)
    {
        while (true)
        {
            Network network = RandomNetworks.Plain(seed++, Small with { Layers = 1 });
            if (network.Classifier is not null)
            {
                return network;
            }
        }
    }
}
