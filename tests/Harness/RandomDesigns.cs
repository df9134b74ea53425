using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Tests.Harness;

/// <summary>Random machines that satisfy the design rules, large enough in memory for any random network; a pure function of the seed.</summary>
public static class RandomDesigns
{
    private static readonly long[] Clocks = [100_000, 150_000, 200_000, 250_000, 300_000, 450_000];

    public static AcceleratorDesign Of(int seed)
    {
        Random random = new(seed);
        int po = 1 << random.Next(0, 5);
        int pp = random.Next(1, 20);
        int pi = random.Next(1, 40);
        int wordChannels = Math.Max(po, 1 << random.Next(2, 6));
        bool spread = random.Next(3) == 0;
        AcceleratorDesign d = Designs.Reference();
        return d with
        {
            Name = $"random-{seed}",
            Clocks = d.Clocks with { ArrayKilohertz = Clocks[random.Next(Clocks.Length)], CrossingDepth = 64, CrossingForwardEdges = random.Next(2, 5), CrossingBackwardEdges = random.Next(2, 5) },
            PeArray = new PeArrayDesign { OutputLanes = po, PixelLanes = pp, InputLanes = pi, Kind = (PeKind)random.Next(3), PipelineDepth = random.Next(1, 7) },
            LineBuffer = new LineBufferDesign { WindowWords = 65_536, GroupTaps = random.Next(Math.Max(wordChannels, 4), 65), Buffers = random.Next(2, 4), ReadsInFlight = random.Next(1, 9) },
            FrameBuffer = new FrameBufferDesign { Banks = random.Next(1, 40), WordChannels = 1 << random.Next(0, 3), WordsPerBank = 1_048_576, Slots = random.Next(1, 4), ReadLatency = random.Next(1, 4) },
            ActivationBuffer = d.ActivationBuffer with { Banks = random.Next(4, 40), WordChannels = wordChannels, WordsPerBank = 1_048_576, ReadLatency = random.Next(1, 4) },
            ShortcutBuffer = d.ShortcutBuffer with { Banks = random.Next(4, 40), WordsPerBank = 1_048_576, ReadLatency = random.Next(1, 5) },
            WeightBuffer = d.WeightBuffer with { Words = 16_777_216, ReadLatency = random.Next(1, 6) },
            Accumulator = new AccumulatorDesign { Bits = 32 },
            Pool = new PoolDesign { Lanes = random.Next(1, 40), StateEntries = 1_048_576 },
            Norm = d.Norm with { Lanes = random.Next(2) == 0 ? po * random.Next(1, 4) : Math.Max(1, po >> random.Next(0, 3)), PipelineDepth = random.Next(1, 7) },
            Residual = new ResidualDesign { ReadsInFlight = random.Next(1, 9) },
            Classifier = d.Classifier with { Lanes = random.Next(1, 30), PipelineDepth = random.Next(1, 6) },
            Fifos = Fifos(random),
            Dma = d.Dma with { FrameSpread = spread ? random.Next(1, 5) : 1, WeightSpread = spread ? random.Next(1, 5) : 1, ResultSpread = spread ? random.Next(1, 5) : 1, MaxBurstBeats = random.Next(1, 17), OutstandingReads = random.Next(1, 17), OutstandingWrites = random.Next(1, 4) },
            Axi = d.Axi with { SwitchOn = spread || random.Next(2) == 0, FixedPathCycles = random.Next(2, 60), SwitchPathCycles = random.Next(2, 9), StackBoundaryCycles = 2 * random.Next(1, 8) },
            Hbm = d.Hbm with { AddressMap = (AddressMapKind)random.Next(5), Reordering = random.Next(3) > 0, ReorderWindow = random.Next(1, 65), CommandQueue = random.Next(1, 17), AgeLimit = random.Next(1, 130), DirectionSwitchLimit = random.Next(1, 80), PagePolicy = (PagePolicy)random.Next(2), Refresh = (RefreshMode)random.Next(3) },
            Execution = new ExecutionDesign { FramesInFlight = random.Next(1, 4), Replicas = 1 },
        };
    }

    /// <summary>A design for a network: as <see cref="Of"/>, now and then with streamed weights, now and then with replicas.</summary>
    public static AcceleratorDesign For(Network network, int seed)
    {
        Random random = new(seed + 77);
        AcceleratorDesign design = Of(seed);
        if (random.Next(3) == 0)
        {
            int stride = random.Next(3) switch { 0 => 0, 1 => 1, _ => random.Next(32) };
            design = design with { Execution = design.Execution with { Replicas = random.Next(2, 4) }, Dma = design.Dma with { ReplicaStride = stride } };
        }

        AcceleratorDesign streamed = Streamed(design, network, seed);
        return random.Next(3) == 0 && DesignRules.Check(streamed, "random").Count == 0 ? streamed : design;
    }

    /// <summary>With streamed weights: a ring that just does, one that holds everything, or any between.</summary>
    public static AcceleratorDesign Streamed(AcceleratorDesign design, Network network, int seed)
    {
        Random random = new(seed + 78);
        AcceleratorDesign streamed = design with { WeightBuffer = design.WeightBuffer with { Residency = WeightResidency.Stream, Words = 1 + random.Next(1 << random.Next(0, 14)) } };
        while (MappingRules.Check(network, streamed).Count > 0)
        {
            streamed = streamed with { WeightBuffer = streamed.WeightBuffer with { Words = streamed.WeightBuffer.Words + 1 } };
        }

        return streamed;
    }

    private static FifoDesign Fifos(Random random) => new()
    {
        Window = random.Next(1, 5),
        Weight = random.Next(1, 5),
        PartialSum = random.Next(1, 5),
        Sum = random.Next(1, 5),
        Bits = random.Next(1, 5),
        Values = random.Next(1, 5),
        Read = random.Next(1, 5),
        Command = random.Next(1, 4),
        Data = random.Next(1, 5),
    };
}
