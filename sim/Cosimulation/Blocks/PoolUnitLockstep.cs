using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Waves;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Networks;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>bcnn_pool_unit.sv between three bcnn_channel.sv against <see cref="PoolUnit"/> between kernel channels.</summary>
public sealed class PoolUnitLockstep : ILockstepDesign
{
    private const int HeadWord = 3;
    private const int SumWord = 3;
    private const int CommandSide = 0;
    private const int SumSide = 1;
    private const int PooledSide = 2;

    private readonly PoolUnitCase spec;
    private readonly StallPattern stalls;
    private readonly StimulusRandom layers;
    private readonly StimulusRandom noise;
    private readonly SumStimulus stimulus;
    private readonly Queue<(MapShape Map, int Factor)> commanded = [];
    private readonly Queue<(MapShape Map, int Factor)> summed = [];
    private Channel<LayerCommand> command = null!;
    private Channel<SumBeat> sums = null!;
    private Channel<SumBeat> pooled = null!;
    private LayerCommand nextCommand;
    private SumBlock nextSums = null!;
    private int offered;
    private int wants;

    /// <param name="spec">Geometry, channel depths, seed.</param>
    public PoolUnitLockstep(PoolUnitCase spec)
    {
        this.spec = spec;
        StimulusRandom seeds = new(spec.Seed);
        stalls = new StallPattern(seeds.Fork(), sides: 3, saturated: false);
        layers = new StimulusRandom(seeds.Fork());
        noise = new StimulusRandom(seeds.Fork());

        stimulus = new SumStimulus(seeds.Fork(), (spec.Array.PixelLanes, spec.Array.OutputLanes), (spec.BeatPixels, spec.BeatChannels));
        InputWords = SumWord + Beat.Words;
        OutputWords = HeadWord + Beat.Words;
        Signals = [.. Channels.SelectMany((channel, word) => WaveSignal.Handshake(channel, word)), .. Beat.Signals("pooled", 32 * HeadWord)];
    }

    public string Name => spec.Name;

    public long Seed => spec.Seed;

    public string BenchModule => "bcnn_pool_unit_bench";

    public IReadOnlyList<(string Name, int Value)> Parameters =>
    [
        ("OutputLanes", spec.Array.OutputLanes),
        ("PixelLanes", spec.Array.PixelLanes),
        ("NormLanes", spec.NormLanes),
        ("PoolLanes", spec.PoolLanes),
        ("AccumulatorBits", spec.Bits),
        ("StateWords", spec.StateWords),
        ("CommandDepth", spec.CommandDepth),
        ("SumDepth", spec.SumDepth),
        ("PooledDepth", spec.PooledDepth),
        ("InputWords", InputWords),
        ("OutputWords", OutputWords),
    ];

    public int InputWords { get; }

    public int OutputWords { get; }

    public IReadOnlyList<string> Channels { get; } = ["command", "sum", "pooled"];

    public IReadOnlyList<WaveSignal> Signals { get; }

    public long Transfers { get; private set; }

    private SumBeatLayout Beat => new(spec.BeatPixels, spec.BeatChannels, spec.Bits);

    public void Build(ClockDomain clock, Component probe)
    {
        command = new Channel<LayerCommand>(clock.Simulation, $"{Name}.command", spec.CommandDepth);
        sums = new Channel<SumBeat>(clock.Simulation, $"{Name}.sum", spec.SumDepth);
        pooled = new Channel<SumBeat>(clock.Simulation, $"{Name}.pooled", spec.PooledDepth);
        command.ConnectProducer(probe);
        sums.ConnectProducer(probe);
        pooled.ConnectConsumer(probe);
        _ = new PoolUnit(Name, clock, spec.Array.OutputLanes, spec.NormLanes, spec.PoolLanes, spec.State, command, sums, pooled);
    }

    public void Drive(Span<uint> inputs)
    {
        // A producer that has made an offer keeps it until it is taken; a consumer may change its mind.
        wants = stalls.Next();
        int made = wants & ~offered;
        if ((made & (1 << CommandSide)) != 0)
        {
            MakeCommand(inputs);
        }

        if ((made & (1 << SumSide)) != 0)
        {
            MakeSums(inputs[SumWord..]);
        }

        offered |= wants & ((1 << CommandSide) | (1 << SumSide));
        inputs[0] = (uint)(offered | (wants & (1 << PooledSide)));
    }

    public int Observe(Span<uint> expected)
    {
        expected[0] = RtlPorts.Handshake(command);
        expected[1] = RtlPorts.Handshake(sums);
        expected[2] = RtlPorts.Handshake(pooled);
        if (pooled.Count == 0)
        {
            return HeadWord;
        }

        Beat.Write(expected[HeadWord..], pooled.Head.Sums);
        return OutputWords;
    }

    public void Act()
    {
        if ((offered & (1 << CommandSide)) != 0 && command.CanPush)
        {
            command.Push(nextCommand);
            offered &= ~(1 << CommandSide);
        }

        if ((offered & (1 << SumSide)) != 0 && sums.CanPush)
        {
            sums.Push(new SumBeat(nextSums));
            offered &= ~(1 << SumSide);
        }

        if ((wants & (1 << PooledSide)) != 0 && pooled.CanPop)
        {
            pooled.Pop();
            Transfers++;
        }
    }

    /// <summary>The next layer of one side; whichever side comes first draws it for both.</summary>
    private (MapShape Map, int Factor) Next(Queue<(MapShape Map, int Factor)> side)
    {
        if (side.Count == 0)
        {
            (MapShape, int) layer = spec.Layer(layers);
            commanded.Enqueue(layer);
            summed.Enqueue(layer);
        }

        return side.Dequeue();
    }

    private void MakeCommand(Span<uint> inputs)
    {
        (MapShape map, int factor) = Next(commanded);
        nextCommand = new LayerCommand(BlockLayer.Of(Name, spec.Array, map, factor), 0, 0);
        inputs[1] = (uint)(map.Pixels | (map.Channels << 16));
        inputs[2] = (uint)(factor | ((map.Width / factor) << 16));
    }

    private void MakeSums(Span<uint> words)
    {
        if (!stimulus.Active)
        {
            (MapShape map, int factor) = Next(summed);
            stimulus.Begin(map, ((1 << (spec.Bits - 1)) - 1) / (factor * factor));
        }

        nextSums = stimulus.Next();
        Beat.Write(words, nextSums, noise);
    }
}
