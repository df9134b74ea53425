using BcnnSim.Design;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>
/// Builds the Kh x Kw windows of one pixel tile in a window memory (one tap group of every pixel per cycle) and replays them to the
/// array for every output group and bit plane, word by word of the group's list; building the next tile overlaps replaying this one. A word can be replayed the cycle
/// after it is complete, also while its tile is still being built.
/// </summary>
public sealed class LineBuffer : Component
{
    private readonly Channel<LayerCommand> commands;
    private readonly (Channel<ReadRequest> Requests, Channel<ReadReply> Replies) frame;
    private readonly (Channel<ReadRequest> Requests, Channel<ReadReply> Replies) activation;
    private readonly Channel<WindowBeat> window;
    private readonly WindowAddresses addresses;
    private readonly WindowBuild[] builds;
    private readonly Queue<(bool Frame, WindowStep Step)> readsInFlight;
    private readonly BlockPool<int[]> pixelLists;
    private readonly int buffers;
    private readonly int maxReads;
    private readonly int pixelStride;
    private LayerCommand command;
    private int buildIndex;
    private int replayIndex;
    private int reserved;
    private int group;
    private int word;
    private int plane;

    public LineBuffer(
        string name,
        ClockDomain clock,
        PeArrayDesign array,
        LineBufferDesign design,
        Channel<LayerCommand> commands,
        (Channel<ReadRequest> Requests, Channel<ReadReply> Replies) frame,
        (Channel<ReadRequest> Requests, Channel<ReadReply> Replies) activation,
        Channel<WindowBeat> window)
        : base(name, clock)
    {
        this.commands = commands;
        this.frame = frame;
        this.activation = activation;
        this.window = window;
        commands.ConnectConsumer(this);
        frame.Replies.ConnectConsumer(this);
        activation.Replies.ConnectConsumer(this);
        window.ConnectProducer(this);
        frame.Requests.ConnectProducer(this);
        activation.Requests.ConnectProducer(this);
        int pixelLanes = array.PixelLanes;
        pixelStride = PeArray.PixelStride(pixelLanes);
        buffers = design.Buffers;
        maxReads = design.ReadsInFlight;
        addresses = new WindowAddresses(pixelLanes);
        readsInFlight = new Queue<(bool, WindowStep)>(maxReads);
        pixelLists = new BlockPool<int[]>(maxReads + 1, () => new int[pixelLanes * BankedReader.MaxRun]);

        // Beats in the window channel still refer to a buffer that may already be rebuilt: one model buffer more per beat keeps
        // their words. The hardware has `buffers` memories and a beat register per channel entry.
        builds = new WindowBuild[buffers + window.Depth + 1];
        for (int i = 0; i < builds.Length; i++)
        {
            builds[i] = new WindowBuild(design.WindowWords, pixelLanes, pixelStride);
        }
    }

    public override bool HoldsWork => addresses.Active || reserved > 0;

    private WindowBuild Replaying => builds[replayIndex];

    public override bool Tick(long cycle)
    {
        Replay();
        TakeReply();
        Request();
        TakeCommand();
        return Awake;
    }

    public override Activity Classify(long cycle)
    {
        if (!HoldsWork)
        {
            return Awaiting(0);
        }

        if (WordReady)
        {
            return window.Count == window.Depth ? Activity.BackPressured(0) : Activity.Busy;
        }

        if (readsInFlight.Count == 0)
        {
            return Activity.Busy;
        }

        bool fromFrame = readsInFlight.Peek().Frame;
        int replies = fromFrame ? frame.Replies.Count : activation.Replies.Count;
        return replies > 0 ? Activity.Busy : Activity.Starved(fromFrame ? 1 : 2);
    }

    /// <summary>Something can be done at the next edge without any event from outside.</summary>
    private bool Awake => (WordReady && window.HasSpaceNext) || RequestPending || ReplyPending || (!addresses.Active && commands.HasBeatNext);

    private bool ReplyPending => readsInFlight.Count > 0
        && (readsInFlight.Peek().Frame ? frame.Replies.HasBeatNext : activation.Replies.HasBeatNext);

    private bool RequestPending => addresses.Active
        && readsInFlight.Count < maxReads
        && (!addresses.AtTileStart || reserved < buffers)
        && (command.Layer.ReadsFrame ? frame.Requests.HasSpaceNext : activation.Requests.HasSpaceNext);

    /// <summary>
    /// The coming word of the group's list is built. The last one of a tile also waits until nothing of the tile is left to build: a
    /// buffer is given back whole, even if its last words are sent to no group.
    /// </summary>
    private bool WordReady => reserved > 0 && (LastOfTile ? Replaying.Complete == Replaying.Total : WordPlace < Replaying.Complete);

    private int WordPlace => (plane * Replaying.Layer!.Words) + Replaying.Layer.Sent.Of(group)[word];

    private bool LastOfGroup => word + 1 == Replaying.Layer!.Sent.Of(group).Length && plane + 1 == Replaying.Layer.Planes;

    private bool LastOfTile => group + 1 == Replaying.Layer!.Groups && LastOfGroup;

    private bool CanReplay => WordReady && window.CanPush;

    private bool CanRequest => addresses.Active
        && readsInFlight.Count < maxReads
        && (!addresses.AtTileStart || reserved < buffers)
        && (command.Layer.ReadsFrame ? frame.Requests.CanPush : activation.Requests.CanPush);

    private void Replay()
    {
        if (!CanReplay)
        {
            return;
        }

        WindowBuild build = Replaying;
        LayerPlan layer = build.Layer!;
        bool last = LastOfGroup;
        window.Push(new WindowBeat(build.Words, WordPlace * pixelStride, (byte)plane, last));
        if (++word < layer.Sent.Of(group).Length)
        {
            return;
        }

        word = 0;
        plane++;
        if (!last)
        {
            return;
        }

        plane = 0;
        if (++group == layer.Groups)
        {
            group = 0;
            reserved--;
            replayIndex = Next(replayIndex);
        }
    }

    private void TakeReply()
    {
        if (readsInFlight.Count == 0)
        {
            return;
        }

        (bool fromFrame, WindowStep step) = readsInFlight.Peek();
        Channel<ReadReply> replies = fromFrame ? frame.Replies : activation.Replies;
        if (!replies.CanPop)
        {
            return;
        }

        readsInFlight.Dequeue();
        WindowBuild build = builds[buildIndex];
        build.Append(replies.Pop(), step);
        if (build.Complete == build.Total)
        {
            buildIndex = Next(buildIndex);
        }
    }

    private void Request()
    {
        if (!CanRequest)
        {
            return;
        }

        if (addresses.AtTileStart)
        {
            builds[(replayIndex + reserved) % builds.Length].Begin(command.Layer);
            reserved++;
        }

        int[] pixels = pixelLists.Next();
        addresses.Fill(pixels);
        WindowStep step = addresses.Step;
        ReadRequest request = new(pixels, step.Run, addresses.Plane, step.Word, command.Source);
        readsInFlight.Enqueue((command.Layer.ReadsFrame, step));
        (command.Layer.ReadsFrame ? frame.Requests : activation.Requests).Push(request);
        addresses.Advance();
    }

    private void TakeCommand()
    {
        if (!addresses.Active && commands.CanPop)
        {
            command = commands.Pop();
            addresses.Begin(command.Layer);
        }
    }

    private int Next(int index) => index + 1 == builds.Length ? 0 : index + 1;
}
