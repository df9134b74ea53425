using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Waves;
using BcnnSim.Hardware.Buffers;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>
/// bcnn_line_buffer.sv between six bcnn_channel.sv against <see cref="LineBuffer"/> between kernel channels. A layer's command is offered
/// when the layer before is complete, as the sequencer does. Replies hold random words, also where a read asked for none.
/// </summary>
public sealed class LineBufferLockstep : ILockstepDesign
{
    private const int HeadWord = 6;
    private const int CommandSide = 0;
    private const int FrameReplySide = 1;
    private const int ReplySide = 2;
    private const int FrameRequestSide = 3;
    private const int RequestSide = 4;
    private const int WindowSide = 5;
    private const int Producers = (1 << CommandSide) | (1 << FrameReplySide) | (1 << ReplySide);
    private readonly LineBufferCase spec;
    private readonly LineBufferLayout layout;
    private readonly StallPattern stalls;
    private readonly StimulusRandom layers;
    private readonly StimulusRandom words;
    private readonly Queue<ReadRequest>[] pending = [[], []];
    private readonly Channel<ReadRequest>[] requests = new Channel<ReadRequest>[2];
    private readonly Channel<ReadReply>[] replies = new Channel<ReadReply>[2];
    private readonly ReadReply[] nextReply = new ReadReply[2];
    private Channel<LayerCommand> command = null!;
    private Channel<WindowBeat> window = null!;
    private LineBuffer unit = null!;
    private LayerCommand nextCommand;
    private int offered;
    private int wants;

    /// <param name="spec">Geometry, channel depths, seed.</param>
    public LineBufferLockstep(LineBufferCase spec)
    {
        this.spec = spec;
        layout = new LineBufferLayout(spec);
        StimulusRandom seeds = new(spec.Seed);
        stalls = new StallPattern(seeds.Fork(), sides: 6, saturated: false);
        layers = new StimulusRandom(seeds.Fork());
        words = new StimulusRandom(seeds.Fork());
        Signals = [.. Channels.SelectMany((channel, word) => WaveSignal.Handshake(channel, word)), .. layout.Signals(HeadWord)];
    }

    public string Name => spec.Name;

    public long Seed => spec.Seed;

    public string BenchModule => "bcnn_line_buffer_bench";

    public IReadOnlyList<(string Name, int Value)> Parameters =>
    [
        ("PixelLanes", spec.Array.PixelLanes),
        ("InputLanes", spec.Array.InputLanes),
        ("WordChannels", spec.WidestWord),
        ("MaxRun", LineBufferCase.MaxKernel),
        ("MaxTaps", spec.Line.GroupTaps),
        ("Buffers", spec.Line.Buffers),
        ("WindowWords", spec.Line.WindowWords),
        ("ReadsInFlight", spec.Line.ReadsInFlight),
        ("MaxSteps", LineBufferCase.MaxSteps),
        ("MaxGroups", LineBufferCase.MaxGroups),
        ("MaxWords", LineBufferCase.MaxWords),
        ("CommandDepth", spec.CommandDepth),
        ("RequestDepth", spec.ReadDepth),
        ("ReplyDepth", spec.ReadDepth),
        ("WindowDepth", spec.WindowDepth),
        ("FrameReplyWord", ReplyWord(0)),
        ("ReplyWord", ReplyWord(1)),
        ("RequestHeadWord", HeadWord + layout.RequestWords),
        ("WindowHeadWord", HeadWord + (2 * layout.RequestWords)),
        ("InputWords", InputWords),
        ("OutputWords", OutputWords),
    ];

    public int InputWords => ReplyWord(2);

    public int OutputWords => HeadWord + (2 * layout.RequestWords) + layout.WindowWords;

    public IReadOnlyList<string> Channels { get; } = ["command", "frameRequest", "frameReply", "activationRequest", "activationReply", "window"];

    public IReadOnlyList<WaveSignal> Signals { get; }

    public long Transfers { get; private set; }

    public void Build(ClockDomain clock, Component probe)
    {
        command = new Channel<LayerCommand>(clock.Simulation, $"{Name}.command", spec.CommandDepth);
        window = new Channel<WindowBeat>(clock.Simulation, $"{Name}.window", spec.WindowDepth);
        command.ConnectProducer(probe);
        window.ConnectConsumer(probe);
        for (int side = 0; side < 2; side++)
        {
            requests[side] = new Channel<ReadRequest>(clock.Simulation, $"{Name}.{Channels[1 + (2 * side)]}", spec.ReadDepth);
            replies[side] = new Channel<ReadReply>(clock.Simulation, $"{Name}.{Channels[2 + (2 * side)]}", spec.ReadDepth);
            requests[side].ConnectConsumer(probe);
            replies[side].ConnectProducer(probe);
        }

        unit = new LineBuffer(Name, clock, spec.Array, spec.Line, command, (requests[0], replies[0]), (requests[1], replies[1]), window);
    }

    public void Drive(Span<uint> inputs)
    {
        // A producer that has made an offer keeps it until it is taken; a consumer may change its mind.
        wants = stalls.Next();
        bool idle = !unit.HoldsWork && command.Count == 0;
        int able = (idle ? 1 << CommandSide : 0) | (pending[0].Count > 0 ? 1 << FrameReplySide : 0) | (pending[1].Count > 0 ? 1 << ReplySide : 0);
        int made = wants & able & ~offered;
        if ((made & (1 << CommandSide)) != 0)
        {
            nextCommand = new LayerCommand(spec.Layer(layers), layers.Between(0, 3), 0);
            layout.WriteCommand(inputs[1..], nextCommand);
        }

        for (int side = 0; side < 2; side++)
        {
            if ((made & (1 << (FrameReplySide + side))) != 0)
            {
                MakeReply(side, inputs[ReplyWord(side)..]);
            }
        }

        offered |= made;
        inputs[0] = (uint)(offered | (wants & ~Producers));
    }

    public int Observe(Span<uint> expected)
    {
        expected[..OutputWords].Clear();
        expected[0] = RtlPorts.Handshake(command);
        expected[5] = RtlPorts.Handshake(window);
        for (int side = 0; side < 2; side++)
        {
            expected[1 + (2 * side)] = RtlPorts.Handshake(requests[side]);
            expected[2 + (2 * side)] = RtlPorts.Handshake(replies[side]);
            if (requests[side].Count > 0)
            {
                layout.WriteRequest(expected[(HeadWord + (side * layout.RequestWords))..], requests[side].Head);
            }
        }

        if (window.Count > 0)
        {
            layout.WriteWindow(expected[(HeadWord + (2 * layout.RequestWords))..], window.Head);
        }

        return OutputWords;
    }

    public void Act()
    {
        if ((offered & (1 << CommandSide)) != 0 && command.CanPush)
        {
            command.Push(nextCommand);
            offered &= ~(1 << CommandSide);
        }

        for (int side = 0; side < 2; side++)
        {
            Act(side);
        }

        if ((wants & (1 << WindowSide)) != 0 && window.CanPop)
        {
            window.Pop();
            Transfers++;
        }
    }

    private void Act(int side)
    {
        int reply = 1 << (FrameReplySide + side);
        if ((offered & reply) != 0 && replies[side].CanPush)
        {
            replies[side].Push(nextReply[side]);
            offered &= ~reply;
        }

        if ((wants & (1 << (FrameRequestSide + side))) != 0 && requests[side].CanPop)
        {
            pending[side].Enqueue(requests[side].Pop());
        }
    }

    private int ReplyWord(int side) => 1 + layout.CommandWords + (side * layout.ReplyWords);

    private void MakeReply(int side, Span<uint> packed)
    {
        ReadRequest request = pending[side].Dequeue();
        int count = LineBufferCase.MaxKernel * spec.Array.PixelLanes;
        ulong[] re = new ulong[count];
        ulong[] im = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            re[i] = words.Next();
            im[i] = words.Next();
        }

        nextReply[side] = new ReadReply(re, im, request.Pixels, request.Run);
        layout.WriteReply(packed, nextReply[side]);
    }
}
