using BcnnSim.Design;
using BcnnSim.Kernel;
using BcnnSim.Numerics;

namespace BcnnSim.Hardware.Compute;

/// <summary>
/// Po x Pp x Pi binary complex lanes: each cycle one window word of Pp pixels meets one weight word of Po channels and Po x Pp
/// complex dot products over the unmasked lanes enter a pipeline with one common enable. RTL twin: bcnn_pe_array.sv.
/// </summary>
public sealed class PeArray : Component
{
    private readonly PeArrayDesign design;
    private readonly Channel<WindowBeat> window;
    private readonly Channel<WeightBeat> weight;
    private readonly Channel<PartialSumBeat> partial;
    private readonly StallPipeline<PartialSumBeat> pipeline;
    private readonly int pixelStride;
    private readonly (int[] Re, int[] Im)[] sums;
    private int nextSums;

    public PeArray(
        string name,
        ClockDomain clock,
        PeArrayDesign design,
        Channel<WindowBeat> window,
        Channel<WeightBeat> weight,
        Channel<PartialSumBeat> partial)
        : base(name, clock)
    {
        this.design = design;
        this.window = window;
        this.weight = weight;
        this.partial = partial;
        window.ConnectConsumer(this);
        weight.ConnectConsumer(this);
        partial.ConnectProducer(this);
        pipeline = new StallPipeline<PartialSumBeat>(design.PipelineDepth);
        pixelStride = PixelStride(design.PixelLanes);

        // A sum lives from its computation until its consumer takes it: pipeline, channel, and the one just being read.
        sums = new (int[], int[])[design.PipelineDepth + partial.Depth + 2];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = (new int[design.OutputLanes * pixelStride], new int[design.OutputLanes * pixelStride]);
        }
    }

    public override bool HoldsWork => !pipeline.IsEmpty;

    /// <summary>Pp rounded up to whole 512-bit vectors of words.</summary>
    public static int PixelStride(int pixelLanes) => (pixelLanes + 7) & ~7;

    public override bool Tick(long cycle)
    {
        if (pipeline.LastValid)
        {
            if (!partial.CanPush)
            {
                return false;
            }

            partial.Push(pipeline.Last);
        }

        pipeline.Shift();
        if (window.CanPop && weight.CanPop)
        {
            pipeline.Fill(Multiply(window.Pop(), weight.Pop()));
        }

        return !pipeline.IsEmpty;
    }

    public override Activity Classify(long cycle)
    {
        if (pipeline.LastValid && partial.Count == partial.Depth)
        {
            return Activity.BackPressured(0);
        }

        if (window.Count == 0)
        {
            return Activity.Starved(0);
        }

        return weight.Count == 0 ? Activity.Starved(1) : Activity.Busy;
    }

    private PartialSumBeat Multiply(in WindowBeat v, in WeightBeat w)
    {
        (int[] re, int[] im) = sums[nextSums];
        nextSums = nextSums + 1 == sums.Length ? 0 : nextSums + 1;
        QuadrantDot.Tile(
            design.InputLanes,
            w.Words.Re.AsSpan(w.Offset, design.OutputLanes),
            w.Words.Im.AsSpan(w.Offset, design.OutputLanes),
            w.Words.Mask.AsSpan(w.Offset, design.OutputLanes),
            v.Words.Re.AsSpan(v.Offset, pixelStride),
            v.Words.Im.AsSpan(v.Offset, pixelStride),
            v.Words.Mask.AsSpan(v.Offset, pixelStride),
            re,
            im);
        return new PartialSumBeat(re, im, v.Plane, v.Last);
    }
}
