using System.Numerics;
using System.Runtime.InteropServices;
using BcnnSim.Design;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Compute;

/// <summary>
/// Two banks of Po x Pp complex accumulators: one adds partial sums (shifted by their bit plane), the other drains its finished tile,
/// pixel by pixel, at most Nn sums per cycle. A finished bank waits until the other has drained.
/// </summary>
public sealed class AccumulatorBank : Component
{
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<PartialSumBeat> partial;
    private readonly Channel<SumBeat> sums;
    private readonly BlockPool<SumBlock> blocks;
    private readonly TileCursor filling;
    private readonly int[][] re;
    private readonly int[][] im;
    private readonly int pixelStride;
    private readonly int beatPixels;
    private readonly int beatChannels;
    private readonly long limit;
    private TilePosition draining;
    private int drainBank;
    private int drainPixel;
    private int drainChannel;
    private bool drainActive;
    private bool full;
    private bool fresh = true;

    public AccumulatorBank(
        string name,
        ClockDomain clock,
        PeArrayDesign pe,
        int normLanes,
        int accumulatorBits,
        Channel<LayerCommand> commands,
        Channel<PartialSumBeat> partial,
        Channel<SumBeat> sums,
        int blockCount)
        : base(name, clock)
    {
        this.commands = commands;
        this.partial = partial;
        this.sums = sums;
        commands.ConnectConsumer(this);
        partial.ConnectConsumer(this);
        sums.ConnectProducer(this);
        pixelStride = PeArray.PixelStride(pe.PixelLanes);
        beatChannels = Math.Min(pe.OutputLanes, normLanes);
        beatPixels = Math.Max(1, normLanes / pe.OutputLanes);
        int size = pe.OutputLanes * pixelStride;
        re = [new int[size], new int[size]];
        im = [new int[size], new int[size]];
        filling = new TileCursor();
        limit = 1L << (accumulatorBits - 1);
        blocks = new BlockPool<SumBlock>(blockCount, () => new SumBlock(beatPixels, beatChannels));
    }

    public override bool HoldsWork => filling.Active || drainActive || full;

    public override bool Tick(long cycle)
    {
        Drain(cycle);
        if (!filling.Active && commands.CanPop)
        {
            filling.Begin(commands.Pop().Layer);
        }

        Accumulate();
        Exchange();
        return (drainActive && sums.HasSpaceNext) || (!full && partial.HasBeatNext) || (!filling.Active && commands.HasBeatNext);
    }

    public override Activity Classify(long cycle)
    {
        if (drainActive && sums.Count == sums.Depth && (full || partial.Count == 0))
        {
            return Activity.BackPressured(0);
        }

        if (drainActive || (partial.Count > 0 && !full))
        {
            return Activity.Busy;
        }

        return Awaiting(filling.Active ? 1 : 0);
    }

    private void Accumulate()
    {
        if (full || !filling.Active || !partial.CanPop)
        {
            return;
        }

        PartialSumBeat beat = partial.Pop();
        int bank = 1 - drainBank;
        Add(re[bank], beat.Re, beat.Plane, fresh);
        Add(im[bank], beat.Im, beat.Plane, fresh);
        fresh = beat.Last;
        full = beat.Last;
    }

    private void Exchange()
    {
        if (full && !drainActive)
        {
            full = false;
            drainActive = true;
            drainBank = 1 - drainBank;
            drainPixel = 0;
            drainChannel = 0;
            draining = filling.Position;
            filling.Advance();
        }
    }

    private void Drain(long cycle)
    {
        if (!drainActive || !sums.CanPush)
        {
            return;
        }

        SumBlock block = blocks.Next();
        int pixels = Math.Min(beatPixels, draining.Pixels - drainPixel);
        int channels = Math.Min(beatChannels, draining.Channels - drainChannel);
        block.Pixels = pixels;
        block.Channels = channels;
        block.FirstChannel = draining.FirstChannel + drainChannel;
        for (int i = 0; i < pixels; i++)
        {
            block.PixelIndex[i] = draining.FirstPixel + drainPixel + i;
            Gather(block, i, cycle);
        }

        sums.Push(new SumBeat(block));
        drainChannel += beatChannels;
        if (drainChannel >= draining.Channels)
        {
            drainChannel = 0;
            drainPixel += pixels;
            drainActive = drainPixel < draining.Pixels;
        }
    }

    private void Gather(SumBlock block, int i, long cycle)
    {
        int[] fromRe = re[drainBank];
        int[] fromIm = im[drainBank];
        int at = (drainChannel * pixelStride) + drainPixel + i;
        for (int o = 0; o < block.Channels; o++, at += pixelStride)
        {
            int r = fromRe[at];
            int m = fromIm[at];
            if (r >= limit || r < -limit || m >= limit || m < -limit)
            {
                throw new ModelException(this, cycle, sums, $"accumulator overflow: {r}{m:+0;-0}i beyond +-{limit}");
            }

            block.Re[(i * block.Channels) + o] = r;
            block.Im[(i * block.Channels) + o] = m;
        }
    }

    private static void Add(int[] sum, int[] part, int shift, bool first)
    {
        Span<Vector<int>> s = MemoryMarshal.Cast<int, Vector<int>>(sum.AsSpan());
        ReadOnlySpan<Vector<int>> p = MemoryMarshal.Cast<int, Vector<int>>(part.AsSpan());
        if (first)
        {
            for (int i = 0; i < s.Length; i++)
            {
                s[i] = p[i] << shift;
            }
        }
        else
        {
            for (int i = 0; i < s.Length; i++)
            {
                s[i] += p[i] << shift;
            }
        }
    }
}
