using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Waves;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>bcnn_accumulator_bank.sv between three bcnn_channel.sv against <see cref="AccumulatorBank"/> between kernel channels.</summary>
public sealed class AccumulatorBankLockstep : ILockstepDesign
{
    private const int HeadWord = 3;
    private const int CommandSide = 0;
    private const int PartialSide = 1;
    private const int SumSide = 2;

    private readonly AccumulatorBankCase spec;
    private readonly StallPattern stalls;
    private readonly StimulusRandom values;
    private Channel<LayerCommand> command = null!;
    private Channel<PartialSumBeat> partial = null!;
    private Channel<SumBeat> sums = null!;
    private LayerCommand nextCommand;
    private PartialSumBeat nextPartial;
    private int beats;
    private int offered;
    private int wants;

    /// <param name="spec">Geometry, channel depths, seed.</param>
    public AccumulatorBankLockstep(AccumulatorBankCase spec)
    {
        this.spec = spec;
        StimulusRandom seeds = new(spec.Seed);
        stalls = new StallPattern(seeds.Fork(), sides: 3, saturated: false);
        values = new StimulusRandom(seeds.Fork());
        InputWords = 2 + Words(4 + (2 * Products * spec.PartialBits));
        OutputWords = HeadWord + Beat.Words;
        Signals = [.. Channels.SelectMany((channel, word) => WaveSignal.Handshake(channel, word)), .. Beat.Signals("sum", 32 * HeadWord)];
    }

    public string Name => spec.Name;

    public long Seed => spec.Seed;

    public string BenchModule => "bcnn_accumulator_bank_bench";

    public IReadOnlyList<(string Name, int Value)> Parameters =>
    [
        ("OutputLanes", spec.Array.OutputLanes),
        ("PixelLanes", spec.Array.PixelLanes),
        ("PartialWidth", spec.PartialBits),
        ("AccumulatorBits", spec.Bits),
        ("NormLanes", spec.NormLanes),
        ("CommandDepth", spec.CommandDepth),
        ("PartialDepth", spec.PartialDepth),
        ("SumDepth", spec.SumDepth),
        ("InputWords", InputWords),
        ("OutputWords", OutputWords),
    ];

    public int InputWords { get; }

    public int OutputWords { get; }

    public IReadOnlyList<string> Channels { get; } = ["command", "partial", "sum"];

    public IReadOnlyList<WaveSignal> Signals { get; }

    public long Transfers { get; private set; }

    private int Products => spec.Array.OutputLanes * spec.Array.PixelLanes;

    private SumBeatLayout Beat => new(spec.BeatPixels, spec.BeatChannels, spec.Bits);

    public void Build(ClockDomain clock, Component probe)
    {
        command = new Channel<LayerCommand>(clock.Simulation, $"{Name}.command", spec.CommandDepth);
        partial = new Channel<PartialSumBeat>(clock.Simulation, $"{Name}.partial", spec.PartialDepth);
        sums = new Channel<SumBeat>(clock.Simulation, $"{Name}.sum", spec.SumDepth);
        command.ConnectProducer(probe);
        partial.ConnectProducer(probe);
        sums.ConnectConsumer(probe);
        _ = new AccumulatorBank(Name, clock, spec.Array, spec.NormLanes, spec.Bits, command, partial, sums, spec.SumDepth + 2);
    }

    public void Drive(Span<uint> inputs)
    {
        // A producer that has made an offer keeps it until it is taken; a consumer may change its mind.
        wants = stalls.Next();
        int made = wants & ~offered;
        if ((made & (1 << CommandSide)) != 0)
        {
            int pixels = values.Between(1, 3 * spec.Array.PixelLanes);
            int channels = values.Between(1, 3 * spec.Array.OutputLanes);
            nextCommand = new LayerCommand(spec.Layer(pixels, channels), 0, 0);
            inputs[1] = (uint)(pixels | (channels << 16));
        }

        if ((made & (1 << PartialSide)) != 0)
        {
            MakePartial(inputs[2..]);
        }

        offered |= wants & ((1 << CommandSide) | (1 << PartialSide));
        inputs[0] = (uint)(offered | (wants & (1 << SumSide)));
    }

    public int Observe(Span<uint> expected)
    {
        expected[0] = RtlPorts.Handshake(command);
        expected[1] = RtlPorts.Handshake(partial);
        expected[2] = RtlPorts.Handshake(sums);
        if (sums.Count == 0)
        {
            return HeadWord;
        }

        Beat.Write(expected[HeadWord..], sums.Head.Sums);
        return OutputWords;
    }

    public void Act()
    {
        if ((offered & (1 << CommandSide)) != 0 && command.CanPush)
        {
            command.Push(nextCommand);
            offered &= ~(1 << CommandSide);
        }

        if ((offered & (1 << PartialSide)) != 0 && partial.CanPush)
        {
            partial.Push(nextPartial);
            offered &= ~(1 << PartialSide);
        }

        if ((wants & (1 << SumSide)) != 0 && sums.CanPop)
        {
            sums.Pop();
            Transfers++;
        }
    }

    private static int Words(int bits) => (bits + 31) / 32;

    private void MakePartial(Span<uint> words)
    {
        bool last = ++beats == AccumulatorBankCase.MaximumBeats || values.Between(0, 3) == 0;
        beats = last ? 0 : beats;
        int plane = values.Between(0, 7);
        BitWriter writer = new(words);
        writer.Append((ulong)((plane << 1) | (last ? 1 : 0)), 4);
        int[] re = Part(ref writer);
        int[] im = Part(ref writer);
        writer.Flush();
        nextPartial = new PartialSumBeat(re, im, (byte)plane, last);
    }

    private int[] Part(ref BitWriter writer)
    {
        int stride = PeArray.PixelStride(spec.Array.PixelLanes);
        int[] part = new int[spec.Array.OutputLanes * stride];
        int bound = 2 * spec.Array.InputLanes;
        for (int o = 0; o < spec.Array.OutputLanes; o++)
        {
            for (int p = 0; p < spec.Array.PixelLanes; p++)
            {
                part[(o * stride) + p] = values.Between(-bound, bound);
                writer.Append((ulong)part[(o * stride) + p], spec.PartialBits);
            }
        }

        return part;
    }
}
