using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Compute;

/// <summary>
/// k x k max pooling of binarized maps: OR per component, one running bit pair per pooled column and channel. A beat leaves in its last
/// cycle, as in <see cref="PoolUnit"/>. Passes bits through where k = 1, and routes the last layer to the classifier.
/// </summary>
public sealed class MaxPoolUnit : Component
{
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<BitBeat> bits;
    private readonly Channel<BitBeat> activation;
    private readonly Channel<BitBeat> classifier;
    private readonly BlockPool<BitBlock> blocks;
    private readonly PoolCursor cursor;
    private readonly int groupChannels;
    private readonly ulong[] re;
    private readonly ulong[] im;
    private BitBlock free;

    public MaxPoolUnit(
        string name,
        ClockDomain clock,
        AcceleratorProgram program,
        Channel<LayerCommand> commands,
        Channel<BitBeat> bits,
        Channel<BitBeat> activation,
        Channel<BitBeat> classifier)
        : base(name, clock)
    {
        this.commands = commands;
        this.bits = bits;
        this.activation = activation;
        this.classifier = classifier;
        commands.ConnectConsumer(this);
        bits.ConnectConsumer(this);
        activation.ConnectProducer(this);
        classifier.ConnectProducer(this);
        var design = program.Design;
        groupChannels = Math.Min(design.PeArray.OutputLanes, design.Norm.Lanes);
        cursor = new PoolCursor(design.Pool.Lanes, groupChannels, l => l.MaxPool, l => l.Norm);
        int pixels = Math.Max(1, design.Norm.Lanes / design.PeArray.OutputLanes);
        blocks = new BlockPool<BitBlock>(Math.Max(activation.Depth, classifier.Depth) + 3, () => new BitBlock(pixels));
        free = blocks.Next();
        int state = program.Layers.Max(l => l.MaxPool > 1 ? l.Output.Width * Groups(l.Output.Channels) : 0);
        re = new ulong[state];
        im = new ulong[state];
    }

    public override bool HoldsWork => cursor.Active;

    private Channel<BitBeat> Target => cursor.Layer!.FeedsClassifier ? classifier : activation;

    public override bool Tick(long cycle)
    {
        if (!cursor.Active && commands.CanPop)
        {
            cursor.Begin(commands.Pop().Layer);
        }

        if (cursor.Active && bits.CanPop)
        {
            Work(bits.Head.Bits, Target);
        }

        return cursor.Active ? bits.HasBeatNext && (Target.HasSpaceNext || !cursor.Waiting) : commands.HasBeatNext;
    }

    public override Activity Classify(long cycle)
    {
        if (!cursor.Active)
        {
            return Awaiting(0);
        }

        if (bits.Count == 0)
        {
            return Activity.Starved(1);
        }

        BitBlock head = bits.Head.Bits;
        bool waits = Target.Count == Target.Depth && cursor.Finishes(head.Pixels, head.Channels);
        return waits ? Activity.BackPressured(cursor.Layer!.FeedsClassifier ? 1 : 0) : Activity.Busy;
    }

    private void Work(BitBlock block, Channel<BitBeat> target)
    {
        if (!cursor.Work(block.Pixels, block.Channels, target.CanPush))
        {
            return;
        }

        bits.Pop();
        BitBlock result = cursor.Factor == 1 ? block : Pool(block);
        if (result.Pixels > 0)
        {
            target.Push(new BitBeat(result));

            // As in the sum pooling unit: a beat that completes nothing does not take a block's turn.
            free = result == free ? blocks.Next() : free;
        }

        cursor.Take(block.Pixels, block.Channels);
    }

    private int Groups(int channels) => (channels + groupChannels - 1) / groupChannels;

    private BitBlock Pool(BitBlock block)
    {
        BitBlock result = free;
        result.Channels = block.Channels;
        result.FirstChannel = block.FirstChannel;
        result.Pixels = 0;
        for (int i = 0; i < block.Pixels; i++)
        {
            Combine(block, i, cursor.Step(block.PixelIndex[i]), result);
        }

        return result;
    }

    private void Combine(BitBlock block, int i, PoolStep step, BitBlock result)
    {
        int state = (step.Column * Groups(cursor.Channels)) + (block.FirstChannel / groupChannels);
        re[state] = block.Re[i] | (step.First ? 0 : re[state]);
        im[state] = block.Im[i] | (step.First ? 0 : im[state]);
        if (step.Last)
        {
            result.Re[result.Pixels] = re[state];
            result.Im[result.Pixels] = im[state];
            result.PixelIndex[result.Pixels++] = step.PooledPixel;
        }
    }
}
