using BcnnSim.Hardware.Buffers;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Compute;

/// <summary>
/// Residual add on 16-bit values: reads the shortcut map for every beat behind the norm, adds with saturation and hands the sum to whoever the
/// layer's plan names: activation buffer (which keeps the sign), shortcut map, classifier. Values wait here for their shortcut, in order; a layer
/// without shortcut passes in one register stage.
/// </summary>
public sealed class ResidualUnit : Component
{
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<ValueBeat> values;
    private readonly Channel<ValueBeat> replies;
    private readonly Channel<ShortcutRequest> requests;
    private readonly Channel<ValueBeat> activation;
    private readonly Channel<ValueBeat> shortcut;
    private readonly Channel<ValueBeat> classifier;
    private readonly Queue<ValueBlock> waiting;
    private readonly BlockPool<ValueBlock> blocks;
    private readonly int capacity;
    private readonly int groupChannels;
    private LayerPlan? layer;
    private long toTake;
    private long toGive;

    public ResidualUnit(
        string name,
        ClockDomain clock,
        AcceleratorProgram program,
        Channel<LayerCommand> commands,
        Channel<ValueBeat> values,
        (Channel<ShortcutRequest> Requests, Channel<ValueBeat> Replies) read,
        Channel<ValueBeat> activation,
        Channel<ValueBeat> shortcut,
        Channel<ValueBeat> classifier)
        : base(name, clock)
    {
        this.commands = commands;
        this.values = values;
        replies = read.Replies;
        requests = read.Requests;
        this.activation = activation;
        this.shortcut = shortcut;
        this.classifier = classifier;
        commands.ConnectConsumer(this);
        values.ConnectConsumer(this);
        replies.ConnectConsumer(this);
        requests.ConnectProducer(this);
        activation.ConnectProducer(this);
        shortcut.ConnectProducer(this);
        classifier.ConnectProducer(this);
        var design = program.Design;
        capacity = design.Residual.ReadsInFlight;
        waiting = new Queue<ValueBlock>(capacity);
        int pixels = Math.Max(1, design.Norm.Lanes / design.PeArray.OutputLanes);
        groupChannels = Math.Min(design.PeArray.OutputLanes, design.Norm.Lanes);
        int downstream = Math.Max(activation.Depth, Math.Max(shortcut.Depth, classifier.Depth));
        blocks = new BlockPool<ValueBlock>(downstream + 3, () => new ValueBlock(pixels, groupChannels));
    }

    public override bool HoldsWork => layer is not null;

    public override bool Tick(long cycle)
    {
        Give();
        TakeCommand();
        TakeValues();
        return layer is null ? commands.HasBeatNext : GivePending || TakePending;
    }

    public override Activity Classify(long cycle)
    {
        if (layer is null)
        {
            return Awaiting(0);
        }

        bool ready = waiting.Count > 0 && (!layer.AddsShortcut || replies.Count > 0);
        if (ready)
        {
            int full = FullSink(layer);
            return full < 0 ? Activity.Busy : Activity.BackPressured(full);
        }

        bool takes = toTake > 0 && values.Count > 0 && waiting.Count < capacity;
        if (takes && layer.AddsShortcut && requests.Count == requests.Depth)
        {
            return Activity.BackPressured(0);
        }

        return takes ? Activity.Busy : Activity.Starved(waiting.Count > 0 ? 2 : 1);
    }

    private bool GivePending => waiting.Count > 0
        && (!layer!.AddsShortcut || replies.HasBeatNext)
        && (!layer.Sinks.Bits || activation.HasSpaceNext)
        && (!layer.Sinks.Shortcut || shortcut.HasSpaceNext)
        && (!layer.Sinks.Classifier || classifier.HasSpaceNext);

    private bool TakePending => toTake > 0
        && waiting.Count < capacity
        && values.HasBeatNext
        && (!layer!.AddsShortcut || requests.HasSpaceNext);

    /// <summary>Produced index of the first full channel the layer's results go to, or -1.</summary>
    private int FullSink(LayerPlan plan)
    {
        if (plan.Sinks.Bits && activation.Count == activation.Depth)
        {
            return 1;
        }

        if (plan.Sinks.Shortcut && shortcut.Count == shortcut.Depth)
        {
            return 2;
        }

        return plan.Sinks.Classifier && classifier.Count == classifier.Depth ? 3 : -1;
    }

    private void TakeCommand()
    {
        if (layer is null && commands.CanPop)
        {
            layer = commands.Pop().Layer;
            toTake = (long)layer.Output.Pixels * layer.Output.Channels;
            toGive = toTake;
        }
    }

    private void TakeValues()
    {
        if (layer is null || toTake == 0 || waiting.Count == capacity || !values.CanPop || (layer.AddsShortcut && !requests.CanPush))
        {
            return;
        }

        ValueBlock block = values.Pop().Values;
        waiting.Enqueue(block);
        toTake -= block.Pixels * block.Channels;
        if (layer.AddsShortcut)
        {
            requests.Push(new ShortcutRequest(block, block.FirstChannel / groupChannels, layer.ShortcutWordsPerPixel));
        }
    }

    private void Give()
    {
        if (layer is null || waiting.Count == 0 || (layer.AddsShortcut && !replies.CanPop) || !SinksCanTake(layer.Sinks))
        {
            return;
        }

        ValueBlock block = waiting.Dequeue();
        ValueBlock result = blocks.Next();
        result.Describe(block);
        if (layer.AddsShortcut)
        {
            Add(block, replies.Pop().Values, result);
        }
        else
        {
            block.Re.CopyTo(result.Re, 0);
            block.Im.CopyTo(result.Im, 0);
        }

        Push(layer.Sinks, new ValueBeat(result));
        toGive -= block.Pixels * block.Channels;
        layer = toGive == 0 ? null : layer;
    }

    private bool SinksCanTake(LayerSinks sinks) =>
        (!sinks.Bits || activation.CanPush) && (!sinks.Shortcut || shortcut.CanPush) && (!sinks.Classifier || classifier.CanPush);

    private void Push(LayerSinks sinks, ValueBeat beat)
    {
        if (sinks.Bits)
        {
            activation.Push(beat);
        }

        if (sinks.Shortcut)
        {
            shortcut.Push(beat);
        }

        if (sinks.Classifier)
        {
            classifier.Push(beat);
        }
    }

    private static void Add(ValueBlock a, ValueBlock b, ValueBlock sum)
    {
        for (int at = 0; at < a.Pixels * a.Channels; at++)
        {
            int re = a.Re[at] + b.Re[at];
            int im = a.Im[at] + b.Im[at];
            sum.Re[at] = Saturation.ToInt16(re);
            sum.Im[at] = Saturation.ToInt16(im);
            sum.AddSaturations += (sum.Re[at] == re ? 0 : 1) + (sum.Im[at] == im ? 0 : 1);
        }
    }
}
