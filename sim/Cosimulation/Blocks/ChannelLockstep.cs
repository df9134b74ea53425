using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Waves;
using BcnnSim.Kernel;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>bcnn_channel.sv against <see cref="Channel{T}"/>, 64-bit beats.</summary>
public sealed class ChannelLockstep : ILockstepDesign
{
    private const int HeadWord = 2;
    private const int PushSide = 0;
    private const int PopSide = 1;

    private readonly StallPattern stalls;
    private readonly StimulusRandom beats;
    private Channel<ulong> channel = null!;
    private ulong beat;
    private bool offered;
    private bool popping;

    /// <param name="depth">Beats the channel holds.</param>
    /// <param name="seed">Seed of stalls and beats.</param>
    /// <param name="saturated">Push and pop whenever possible: shows the full rate.</param>
    public ChannelLockstep(int depth, long seed, bool saturated = false)
    {
        Depth = depth;
        Seed = seed;
        StimulusRandom seeds = new(seed);
        stalls = new StallPattern(seeds.Fork(), sides: 2, saturated);
        beats = new StimulusRandom(seeds.Fork());
    }

    public int Depth { get; }

    public long Transfers { get; private set; }

    public string Name => $"channel-depth-{Depth}";

    public long Seed { get; }

    public string BenchModule => "bcnn_channel_bench";

    public IReadOnlyList<(string Name, int Value)> Parameters => [("Depth", Depth)];

    public int InputWords => 4;

    public int OutputWords => 4;

    public IReadOnlyList<string> Channels { get; } = ["channel"];

    public IReadOnlyList<WaveSignal> Signals { get; } =
        [.. WaveSignal.Handshake("channel", 0), new WaveSignal("channel.head", 32 * HeadWord, 64)];

    public void Build(ClockDomain clock, Component probe)
    {
        channel = new Channel<ulong>(clock.Simulation, Name, Depth);
        channel.ConnectProducer(probe);
        channel.ConnectConsumer(probe);
    }

    public void Drive(Span<uint> inputs)
    {
        int wants = stalls.Next();
        if (!offered && (wants & (1 << PushSide)) != 0)
        {
            offered = true;
            beat = beats.Next();
            inputs[2] = (uint)beat;
            inputs[3] = (uint)(beat >> 32);
        }

        popping = (wants & (1 << PopSide)) != 0;
        inputs[0] = (offered ? 1u : 0) | (popping ? 2u : 0);
    }

    public int Observe(Span<uint> expected)
    {
        expected[0] = RtlPorts.Handshake(channel);
        if (channel.Count == 0)
        {
            return HeadWord;
        }

        expected[2] = (uint)channel.Head;
        expected[3] = (uint)(channel.Head >> 32);
        return OutputWords;
    }

    public void Act()
    {
        bool push = offered && channel.CanPush;
        if (popping && channel.CanPop)
        {
            channel.Pop();
            Transfers++;
        }

        if (push)
        {
            channel.Push(beat);
            offered = false;
        }
    }
}
