using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Waves;
using BcnnSim.Hardware.Compute;
using BcnnSim.Kernel;
using BcnnSim.Numerics;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>bcnn_pe_array.sv between three bcnn_channel.sv against <see cref="PeArray"/> between three kernel channels.</summary>
public sealed class PeArrayLockstep : ILockstepDesign
{
    private const int TagBits = 4;
    private const int HeadWord = 3;
    private const int WindowSide = 0;
    private const int WeightSide = 1;
    private const int PartialSide = 2;

    private readonly PeArrayCase spec;
    private readonly StallPattern stalls;
    private readonly QuadrantStimulus windows;
    private readonly QuadrantStimulus weights;
    private readonly StimulusRandom tags;
    private readonly int weightWord;
    private Channel<WindowBeat> window = null!;
    private Channel<WeightBeat> weight = null!;
    private Channel<PartialSumBeat> partial = null!;
    private int offered;
    private int wants;
    private int tag;
    private bool headPacked;

    /// <param name="spec">Geometry, channel depths, seed.</param>
    /// <param name="saturated">Push and pop whenever possible: shows latency and full rate.</param>
    public PeArrayLockstep(PeArrayCase spec, bool saturated = false)
    {
        this.spec = spec;
        StimulusRandom seeds = new(spec.Seed);
        stalls = new StallPattern(seeds.Fork(), sides: 3, saturated);
        tags = new StimulusRandom(seeds.Fork());
        windows = new QuadrantStimulus(seeds.Fork(), spec.Array.PixelLanes, spec.Array.InputLanes, spec.WindowDepth + 2);
        weights = new QuadrantStimulus(seeds.Fork(), spec.Array.OutputLanes, spec.Array.InputLanes, spec.WeightDepth + 2);
        weightWord = 1 + Words((3 * spec.Array.PixelLanes * spec.Array.InputLanes) + TagBits);
        InputWords = Math.Max(RtlPorts.MinimumWords, weightWord + Words(3 * spec.Array.OutputLanes * spec.Array.InputLanes));
        OutputWords = HeadWord + Words((2 * Products * spec.SumBits) + TagBits);
        Signals = [.. HandshakeSignals(), .. HeadSignals()];
    }

    public PeArrayCase Case => spec;

    public string Name => spec.Name;

    public long Seed => spec.Seed;

    public string BenchModule => "bcnn_pe_array_bench";

    public IReadOnlyList<(string Name, int Value)> Parameters =>
    [
        ("OutputLanes", spec.Array.OutputLanes),
        ("PixelLanes", spec.Array.PixelLanes),
        ("InputLanes", spec.Array.InputLanes),
        ("PeKind", Popcounts(spec.Array.Kind)),
        ("PipelineDepth", spec.Array.PipelineDepth),
        ("PopcountTree", spec.PopcountTree ? 1 : 0),
        ("WindowDepth", spec.WindowDepth),
        ("WeightDepth", spec.WeightDepth),
        ("PartialDepth", spec.PartialDepth),
        ("InputWords", InputWords),
        ("OutputWords", OutputWords),
    ];

    public int InputWords { get; }

    public int OutputWords { get; }

    public IReadOnlyList<string> Channels { get; } = ["window", "weight", "partial"];

    public IReadOnlyList<WaveSignal> Signals { get; }

    public long Transfers { get; private set; }

    private int Products => spec.Array.OutputLanes * spec.Array.PixelLanes;

    /// <summary>The RTL names a kind by its number of popcounts.</summary>
    public static int Popcounts(PeKind kind) => kind switch
    {
        PeKind.Four => 4,
        PeKind.Three => 3,
        _ => 2,
    };

    public void Build(ClockDomain clock, Component probe)
    {
        window = new Channel<WindowBeat>(clock.Simulation, $"{Name}.window", spec.WindowDepth);
        weight = new Channel<WeightBeat>(clock.Simulation, $"{Name}.weight", spec.WeightDepth);
        partial = new Channel<PartialSumBeat>(clock.Simulation, $"{Name}.partial", spec.PartialDepth);
        window.ConnectProducer(probe);
        weight.ConnectProducer(probe);
        partial.ConnectConsumer(probe);
        _ = new PeArray(Name, clock, spec.Array, window, weight, partial);
    }

    public void Drive(Span<uint> inputs)
    {
        // A producer that has made an offer keeps it until it is taken; a consumer may change its mind.
        wants = stalls.Next();
        int made = wants & ~offered;
        if ((made & (1 << WindowSide)) != 0)
        {
            tag = (int)tags.Next() & ((1 << TagBits) - 1);
            windows.Next(inputs[1..weightWord], tag, TagBits);
        }

        if ((made & (1 << WeightSide)) != 0)
        {
            weights.Next(inputs[weightWord..], 0, 0);
        }

        offered |= wants & ((1 << WindowSide) | (1 << WeightSide));
        inputs[0] = (uint)(offered | (wants & (1 << PartialSide)));
    }

    public int Observe(Span<uint> expected)
    {
        expected[0] = RtlPorts.Handshake(window);
        expected[1] = RtlPorts.Handshake(weight);
        expected[2] = RtlPorts.Handshake(partial);
        if (partial.Count == 0)
        {
            return HeadWord;
        }

        if (!headPacked)
        {
            PackHead(expected[HeadWord..]);
            headPacked = true;
        }

        return OutputWords;
    }

    public void Act()
    {
        if ((offered & (1 << WindowSide)) != 0 && window.CanPush)
        {
            window.Push(new WindowBeat(windows.Block, windows.Offset, (byte)(tag >> 1), (tag & 1) != 0));
            offered &= ~(1 << WindowSide);
        }

        if ((offered & (1 << WeightSide)) != 0 && weight.CanPush)
        {
            weight.Push(new WeightBeat(weights.Block, weights.Offset));
            offered &= ~(1 << WeightSide);
        }

        if ((wants & (1 << PartialSide)) != 0 && partial.CanPop)
        {
            partial.Pop();
            Transfers++;
            headPacked = false;
        }
    }

    private static int Words(int bits) => (bits + 31) / 32;

    private void PackHead(Span<uint> words)
    {
        ref readonly PartialSumBeat head = ref partial.Head;
        BitWriter writer = new(words);
        Append(ref writer, head.Re);
        Append(ref writer, head.Im);
        writer.Append((ulong)((head.Plane << 1) | (head.Last ? 1 : 0)), TagBits);
        writer.Flush();
    }

    private void Append(ref BitWriter writer, int[] sums)
    {
        int stride = PeArray.PixelStride(spec.Array.PixelLanes);
        for (int o = 0; o < spec.Array.OutputLanes; o++)
        {
            for (int p = 0; p < spec.Array.PixelLanes; p++)
            {
                writer.Append((ulong)sums[(o * stride) + p], spec.SumBits);
            }
        }
    }

    private IEnumerable<WaveSignal> HandshakeSignals() =>
        Channels.SelectMany((channel, word) => WaveSignal.Handshake(channel, word));

    private IEnumerable<WaveSignal> HeadSignals()
    {
        int offset = 32 * HeadWord;
        foreach (string part in (string[])["re", "im"])
        {
            for (int i = 0; i < Products; i++, offset += spec.SumBits)
            {
                yield return new WaveSignal($"partial.{part}[{i / spec.Array.PixelLanes}][{i % spec.Array.PixelLanes}]", offset, spec.SumBits);
            }
        }

        yield return new WaveSignal("partial.tag", offset, TagBits);
    }
}
