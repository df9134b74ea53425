using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Compute;

/// <summary>
/// k x k sum pooling on accumulators: keeps one running sum per pooled column and channel, since tiles arrive in raster order. Passes
/// sums through where k = 1.
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

    public PoolUnit(
        string name,
        ClockDomain clock,
        AcceleratorProgram program,
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
        var design = program.Design;
        cursor = new PoolCursor(design.Pool.Lanes, l => l.SumPool, l => l.Convolution);
        int pixels = Math.Max(1, design.Norm.Lanes / design.PeArray.OutputLanes);
        int channels = Math.Min(design.PeArray.OutputLanes, design.Norm.Lanes);
        blocks = new BlockPool<SumBlock>(pooled.Depth + 3, () => new SumBlock(pixels, channels));
        int state = program.Layers.Max(l => l.SumPool > 1 ? l.Norm.Width * l.Norm.Channels : 0);
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

        if (cursor.Ready && sums.CanPop && pooled.CanPush)
        {
            SumBlock block = sums.Pop().Sums;
            SumBlock result = cursor.Factor == 1 ? block : Pool(block);
            if (result.Pixels > 0)
            {
                pooled.Push(new SumBeat(result));
            }

            cursor.Take(block.Pixels, block.Channels);
        }

        return cursor.Advance() || (cursor.Active ? sums.HasBeatNext && pooled.HasSpaceNext : commands.HasBeatNext);
    }

    public override Activity Classify(long cycle)
    {
        if (!cursor.Active)
        {
            return Awaiting(0);
        }

        if (!cursor.Ready || (sums.Count > 0 && pooled.Count < pooled.Depth))
        {
            return Activity.Busy;
        }

        return sums.Count > 0 ? Activity.BackPressured(0) : Activity.Starved(1);
    }

    private SumBlock Pool(SumBlock block)
    {
        SumBlock result = blocks.Next();
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
