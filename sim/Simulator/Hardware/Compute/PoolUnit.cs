using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Compute;

/// <summary>
/// k x k sum pooling on accumulators: keeps one running sum per pooled column and channel, since tiles arrive in raster order. A beat stays
/// at the head of its channel while it is worked on and leaves in its last cycle. Passes sums through where k = 1.
/// </summary>
public sealed class PoolUnit : Component
{
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<SumBeat> sums;
    private readonly Channel<SumBeat> pooled;
    private readonly BlockPool<SumBlock> blocks;
    private readonly PoolCursor cursor;
    private readonly int[] re;
    private readonly int[] im;
    private SumBlock free;

    /// <param name="name">Dotted name.</param>
    /// <param name="clock">Array clock.</param>
    /// <param name="outputLanes">Po.</param>
    /// <param name="normLanes">Nn: the width of a beat.</param>
    /// <param name="lanes">Sums added per cycle.</param>
    /// <param name="state">Pooled columns x channels in progress at most.</param>
    /// <param name="commands">Layers.</param>
    /// <param name="sums">In.</param>
    /// <param name="pooled">Out.</param>
    public PoolUnit(
        string name,
        ClockDomain clock,
        int outputLanes,
        int normLanes,
        int lanes,
        int state,
        Channel<LayerCommand> commands,
        Channel<SumBeat> sums,
        Channel<SumBeat> pooled)
        : base(name, clock)
    {
        this.commands = commands;
        this.sums = sums;
        this.pooled = pooled;
        commands.ConnectConsumer(this);
        sums.ConnectConsumer(this);
        pooled.ConnectProducer(this);
        int pixels = Math.Max(1, normLanes / outputLanes);
        int channels = Math.Min(outputLanes, normLanes);
        cursor = new PoolCursor(lanes, channels, l => l.SumPool, l => l.Convolution);
        blocks = new BlockPool<SumBlock>(pooled.Depth + 3, () => new SumBlock(pixels, channels));
        free = blocks.Next();
        re = new int[state];
        im = new int[state];
    }

    public override bool HoldsWork => cursor.Active;

    public override bool Tick(long cycle)
    {
        if (!cursor.Active && commands.CanPop)
        {
            cursor.Begin(commands.Pop().Layer);
        }

        if (cursor.Active && sums.CanPop)
        {
            Work(sums.Head.Sums);
        }

        return cursor.Active ? sums.HasBeatNext && (pooled.HasSpaceNext || !cursor.Waiting) : commands.HasBeatNext;
    }

    public override Activity Classify(long cycle)
    {
        if (!cursor.Active)
        {
            return Awaiting(0);
        }

        if (sums.Count == 0)
        {
            return Activity.Starved(1);
        }

        SumBlock head = sums.Head.Sums;
        return pooled.Count == pooled.Depth && cursor.Finishes(head.Pixels, head.Channels) ? Activity.BackPressured(0) : Activity.Busy;
    }

    private void Work(SumBlock block)
    {
        if (!cursor.Work(block.Pixels, block.Channels, pooled.CanPush))
        {
            return;
        }

        sums.Pop();
        SumBlock result = cursor.Factor == 1 ? block : Pool(block);
        if (result.Pixels > 0)
        {
            pooled.Push(new SumBeat(result));

            // A beat that completes nothing does not take a block's turn: results may wait behind many of them.
            free = result == free ? blocks.Next() : free;
        }

        cursor.Take(block.Pixels, block.Channels);
    }

    private SumBlock Pool(SumBlock block)
    {
        SumBlock result = free;
        result.Channels = block.Channels;
        result.FirstChannel = block.FirstChannel;
        result.Pixels = 0;
        for (int i = 0; i < block.Pixels; i++)
        {
            Add(block, i, cursor.Step(block.PixelIndex[i]), result);
        }

        return result;
    }

    private void Add(SumBlock block, int i, PoolStep step, SumBlock result)
    {
        int state = (step.Column * cursor.Channels) + block.FirstChannel;
        int to = result.Pixels * block.Channels;
        for (int o = 0; o < block.Channels; o++, state++)
        {
            int r = block.Re[(i * block.Channels) + o] + (step.First ? 0 : re[state]);
            int m = block.Im[(i * block.Channels) + o] + (step.First ? 0 : im[state]);
            re[state] = r;
            im[state] = m;
            if (step.Last)
            {
                result.Re[to + o] = r;
                result.Im[to + o] = m;
            }
        }

        if (step.Last)
        {
            result.PixelIndex[result.Pixels++] = step.PooledPixel;
        }
    }
}
