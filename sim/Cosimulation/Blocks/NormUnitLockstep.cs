using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Waves;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>bcnn_norm_unit.sv between six bcnn_channel.sv against <see cref="NormUnit"/> between kernel channels.</summary>
public sealed class NormUnitLockstep : ILockstepDesign
{
    private const int CommandWord = 9;
    private const int SumWord = 12;
    private const int HeadWord = 6;
    private const int DataSide = 0;
    private const int CommandSide = 1;
    private const int SumSide = 2;
    private const int BitSide = 3;
    private const int ValueSide = 4;
    private const int LoadedSide = 5;
    private const int Producers = (1 << DataSide) | (1 << CommandSide) | (1 << SumSide);

    private readonly NormUnitCase spec;
    private readonly StallPattern stalls;
    private readonly StimulusRandom layers;
    private readonly StimulusRandom noise;
    private readonly SumStimulus stimulus;
    private readonly IReadOnlyList<LayerPlan> plans;
    private readonly Queue<Beat256> constants = [];
    private readonly Queue<LayerPlan> commanded = [];
    private readonly Queue<LayerPlan> summed = [];
    private Channel<Beat256> data = null!;
    private Channel<LayerCommand> command = null!;
    private Channel<SumBeat> sums = null!;
    private Channel<BitBeat> bits = null!;
    private Channel<ValueBeat> values = null!;
    private Channel<Completion> loaded = null!;
    private LayerCommand nextCommand;
    private SumBlock nextSums = null!;
    private bool ready;
    private int offered;
    private int wants;

    /// <param name="spec">Geometry, kind, channel depths, seed.</param>
    public NormUnitLockstep(NormUnitCase spec)
    {
        this.spec = spec;
        StimulusRandom seeds = new(spec.Seed);
        stalls = new StallPattern(seeds.Fork(), sides: 6, saturated: false);
        layers = new StimulusRandom(seeds.Fork());
        noise = new StimulusRandom(seeds.Fork());
        stimulus = new SumStimulus(seeds.Fork(), (spec.Array.PixelLanes, spec.Array.OutputLanes), (spec.BeatPixels, spec.BeatChannels));
        plans = spec.Plans(new StimulusRandom(seeds.Fork()));
        NormConstants table = new(new StimulusRandom(seeds.Fork()), spec.LargestSum);
        foreach (LayerPlan plan in plans)
        {
            for (int c = 0; c < plan.Output.Channels; c++)
            {
                constants.Enqueue(table.Channel(plan.NormKind));
            }
        }

        InputWords = SumWord + Beat.Words;
        OutputWords = HeadWord + Head.BitWords + Head.ValueWords;
        Signals = [.. Channels.SelectMany((channel, word) => WaveSignal.Handshake(channel, word)), .. Head.Signals(HeadWord)];
    }

    public string Name => spec.Name;

    public long Seed => spec.Seed;

    public string BenchModule => "bcnn_norm_unit_bench";

    public IReadOnlyList<(string Name, int Value)> Parameters =>
    [
        ("OutputLanes", spec.Array.OutputLanes),
        ("NormLanes", spec.Norm.Lanes),
        ("AccumulatorBits", spec.Bits),
        ("PipelineDepth", spec.Norm.PipelineDepth),
        ("TableChannels", spec.Norm.TableChannels),
        ("DataDepth", spec.Depths[DataSide]),
        ("CommandDepth", spec.Depths[CommandSide]),
        ("SumDepth", spec.Depths[SumSide]),
        ("BitsDepth", spec.Depths[BitSide]),
        ("ValuesDepth", spec.Depths[ValueSide]),
        ("LoadedDepth", spec.Depths[LoadedSide]),
        ("InputWords", InputWords),
        ("OutputWords", OutputWords),
    ];

    public int InputWords { get; }

    public int OutputWords { get; }

    public IReadOnlyList<string> Channels { get; } = ["data", "command", "sum", "bits", "values", "loaded"];

    public IReadOnlyList<WaveSignal> Signals { get; }

    public long Transfers { get; private set; }

    /// <summary>Components that the values taken so far say were saturated.</summary>
    public long Saturations { get; private set; }

    private SumBeatLayout Beat => new(spec.BeatPixels, spec.BeatChannels, spec.Bits);

    private NormHeadLayout Head => new(spec.BeatPixels, spec.BeatChannels);

    public void Build(ClockDomain clock, Component probe)
    {
        data = new Channel<Beat256>(clock.Simulation, $"{Name}.data", spec.Depths[DataSide]);
        command = new Channel<LayerCommand>(clock.Simulation, $"{Name}.command", spec.Depths[CommandSide]);
        sums = new Channel<SumBeat>(clock.Simulation, $"{Name}.sum", spec.Depths[SumSide]);
        bits = new Channel<BitBeat>(clock.Simulation, $"{Name}.bits", spec.Depths[BitSide]);
        values = new Channel<ValueBeat>(clock.Simulation, $"{Name}.values", spec.Depths[ValueSide]);
        loaded = new Channel<Completion>(clock.Simulation, $"{Name}.loaded", spec.Depths[LoadedSide]);
        data.ConnectProducer(probe);
        command.ConnectProducer(probe);
        sums.ConnectProducer(probe);
        bits.ConnectConsumer(probe);
        values.ConnectConsumer(probe);
        loaded.ConnectConsumer(probe);
        _ = new NormUnit(Name, clock, spec.Array.OutputLanes, spec.Norm, spec.Norm.TableChannels, data, command, sums, bits, values, loaded, bits.Depth + 2, values.Depth + 2);
    }

    public void Drive(Span<uint> inputs)
    {
        // A producer that has made an offer keeps it until it is taken; a consumer may change its mind. Layers begin when the table is known to be filled.
        wants = stalls.Next();
        int able = (constants.Count > 0 ? 1 << DataSide : 0) | (ready ? 1 << CommandSide : 0) | (1 << SumSide);
        int made = wants & able & ~offered;
        if ((made & (1 << DataSide)) != 0)
        {
            Beat256 beat = constants.Peek();
            for (int i = 0; i < 8; i++)
            {
                inputs[1 + i] = (uint)(beat[i / 2] >> (32 * (i % 2)));
            }
        }

        if ((made & (1 << CommandSide)) != 0)
        {
            MakeCommand(inputs[CommandWord..]);
        }

        if ((made & (1 << SumSide)) != 0)
        {
            MakeSums(inputs[SumWord..]);
        }

        offered |= made;
        inputs[0] = (uint)(offered | (wants & ~Producers));
    }

    public int Observe(Span<uint> expected)
    {
        expected[DataSide] = RtlPorts.Handshake(data);
        expected[CommandSide] = RtlPorts.Handshake(command);
        expected[SumSide] = RtlPorts.Handshake(sums);
        expected[BitSide] = RtlPorts.Handshake(bits);
        expected[ValueSide] = RtlPorts.Handshake(values);
        expected[LoadedSide] = RtlPorts.Handshake(loaded);
        Head.Write(expected.Slice(HeadWord, Head.BitWords), bits.Count > 0 ? bits.Head.Bits : null);
        Head.Write(expected[(HeadWord + Head.BitWords)..], values.Count > 0 ? values.Head.Values : null);
        return OutputWords;
    }

    public void Act()
    {
        Produce(DataSide, data, constants.Count > 0 ? constants.Peek() : default);
        Produce(CommandSide, command, nextCommand);
        Produce(SumSide, sums, new SumBeat(nextSums));
        if ((wants & (1 << BitSide)) != 0 && bits.CanPop)
        {
            bits.Pop();
            Transfers++;
        }

        if ((wants & (1 << ValueSide)) != 0 && values.CanPop)
        {
            Saturations += values.Pop().Values.NormSaturations;
            Transfers++;
        }

        if ((wants & (1 << LoadedSide)) != 0 && loaded.CanPop)
        {
            loaded.Pop();
            ready = true;
        }
    }

    private void Produce<T>(int side, Channel<T> channel, in T beat)
        where T : struct
    {
        if ((offered & (1 << side)) != 0 && channel.CanPush)
        {
            channel.Push(beat);
            offered &= ~(1 << side);
            if (side == DataSide)
            {
                constants.Dequeue();
            }
        }
    }

    /// <summary>The next layer of one side; whichever side comes first draws it for both.</summary>
    private LayerPlan Next(Queue<LayerPlan> side)
    {
        if (side.Count == 0)
        {
            LayerPlan plan = plans[layers.Between(0, plans.Count - 1)];
            MapShape map = new(1, layers.Between(1, 4 * spec.Array.PixelLanes), plan.Output.Channels);
            plan = plan with { Convolution = map, Norm = map, Output = map };
            commanded.Enqueue(plan);
            summed.Enqueue(plan);
        }

        return side.Dequeue();
    }

    private void MakeCommand(Span<uint> words)
    {
        LayerPlan plan = Next(commanded);
        nextCommand = new LayerCommand(plan, 0, 0);
        words[0] = (uint)(plan.Norm.Pixels | (plan.Norm.Channels << 16));
        words[1] = (uint)(plan.NormBase | (plan.Index << 16));
        words[2] = (uint)((int)plan.NormKind | (plan.EmitsValues ? 4 : 0));
    }

    private void MakeSums(Span<uint> words)
    {
        if (!stimulus.Active)
        {
            stimulus.Begin(Next(summed).Norm, spec.LargestSum);
        }

        nextSums = stimulus.Next();
        Beat.Write(words, nextSums, noise);
    }
}
