using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Compute;

/// <summary>
/// Folded batch norm on up to Nn complex sums per cycle, to signs or to 16-bit values as the layer asks; a pipeline with one common enable.
/// </summary>
public sealed class NormUnit : Component
{
    private readonly Channel<Beat256> data;
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<SumBeat> sums;
    private readonly Channel<BitBeat> bits;
    private readonly Channel<ValueBeat> values;
    private readonly Channel<Completion> loaded;
    private readonly StallPipeline<NormBeat> pipeline;
    private readonly BlockPool<BitBlock> bitBlocks;
    private readonly BlockPool<ValueBlock> valueBlocks;
    private readonly NormTable table;
    private LayerPlan? layer;
    private long remaining;
    private bool reported;

    /// <param name="name">Dotted name.</param>
    /// <param name="clock">Array clock.</param>
    /// <param name="outputLanes">Po.</param>
    /// <param name="design">Lanes and pipeline.</param>
    /// <param name="tableChannels">Channels of the program: beats that fill the table.</param>
    /// <param name="data">Constants, one channel per beat.</param>
    /// <param name="commands">Layers.</param>
    /// <param name="sums">In.</param>
    /// <param name="bits">Out, signs.</param>
    /// <param name="values">Out, 16-bit values.</param>
    /// <param name="loaded">Tells once that the table is full.</param>
    /// <param name="downstreamBits">Bit beats that may be in use behind the pipeline.</param>
    /// <param name="downstreamValues">Value beats that may be in use behind it.</param>
    public NormUnit(
        string name,
        ClockDomain clock,
        int outputLanes,
        NormDesign design,
        int tableChannels,
        Channel<Beat256> data,
        Channel<LayerCommand> commands,
        Channel<SumBeat> sums,
        Channel<BitBeat> bits,
        Channel<ValueBeat> values,
        Channel<Completion> loaded,
        int downstreamBits,
        int downstreamValues)
        : base(name, clock)
    {
        this.data = data;
        this.commands = commands;
        this.sums = sums;
        this.bits = bits;
        this.values = values;
        this.loaded = loaded;
        data.ConnectConsumer(this);
        commands.ConnectConsumer(this);
        sums.ConnectConsumer(this);
        bits.ConnectProducer(this);
        values.ConnectProducer(this);
        loaded.ConnectProducer(this);
        pipeline = new StallPipeline<NormBeat>(design.PipelineDepth);
        int pixels = Math.Max(1, design.Lanes / outputLanes);
        int channels = Math.Min(outputLanes, design.Lanes);
        bitBlocks = new BlockPool<BitBlock>(design.PipelineDepth + downstreamBits, () => new BitBlock(pixels));
        valueBlocks = new BlockPool<ValueBlock>(design.PipelineDepth + downstreamValues, () => new ValueBlock(pixels, channels));
        table = new NormTable(tableChannels);
    }

    public override bool HoldsWork => layer is not null || !pipeline.IsEmpty || table.Partial;

    public override bool Tick(long cycle)
    {
        Load();
        Advance();
        return ParametersPending || (!pipeline.IsEmpty ? !pipeline.LastValid || OutputHasSpaceNext : WorkPending);
    }

    public override Activity Classify(long cycle)
    {
        if (pipeline.LastValid)
        {
            bool toValues = pipeline.Last.Values is not null;
            if (toValues ? values.Count == values.Depth : bits.Count == bits.Depth)
            {
                return Activity.BackPressured(toValues ? 1 : 0);
            }
        }

        if (layer is null)
        {
            return pipeline.IsEmpty ? Awaiting(1) : Activity.Draining;
        }

        return sums.Count > 0 || !pipeline.IsEmpty ? Activity.Busy : Activity.Starved(2);
    }

    /// <summary>The constants have a path of their own into the table: they are taken also while the pipeline stands.</summary>
    private bool ParametersPending => data.HasBeatNext || (table.Complete && !reported);

    private bool WorkPending => layer is null ? commands.HasBeatNext : sums.HasBeatNext;

    private bool OutputHasSpaceNext => pipeline.Last.Values is null ? bits.HasSpaceNext : values.HasSpaceNext;

    private void Load()
    {
        if (data.CanPop)
        {
            table.Load(data.Pop());
        }

        if (table.Complete && !reported && loaded.CanPush)
        {
            loaded.Push(default);
            reported = true;
        }
    }

    private void Advance()
    {
        if (pipeline.LastValid && !Leave(pipeline.Last))
        {
            return;
        }

        pipeline.Shift();
        if (layer is null && commands.CanPop)
        {
            layer = commands.Pop().Layer;
            remaining = (long)layer.Norm.Pixels * layer.Norm.Channels;
        }

        if (layer is not null && sums.CanPop)
        {
            SumBlock block = sums.Pop().Sums;
            pipeline.Fill(layer.EmitsValues ? new NormBeat(null, Values(layer, block)) : new NormBeat(Signs(layer, block), null));
            remaining -= block.Pixels * block.Channels;
            layer = remaining == 0 ? null : layer;
        }
    }

    /// <summary>Pushes what the last stage holds; false while its channel is full.</summary>
    private bool Leave(in NormBeat beat)
    {
        if (beat.Values is not null)
        {
            if (!values.CanPush)
            {
                return false;
            }

            values.Push(new ValueBeat(beat.Values));
            return true;
        }

        if (!bits.CanPush)
        {
            return false;
        }

        bits.Push(new BitBeat(beat.Bits!));
        return true;
    }

    private ValueBlock Values(LayerPlan current, SumBlock block)
    {
        ValueBlock result = valueBlocks.Next();
        result.Pixels = block.Pixels;
        result.Channels = block.Channels;
        result.FirstChannel = block.FirstChannel;
        result.Layer = current.Index;
        result.NormSaturations = 0;
        result.AddSaturations = 0;
        block.PixelIndex.AsSpan(0, block.Pixels).CopyTo(result.PixelIndex);
        int constants = current.NormBase + block.FirstChannel;
        for (int at = 0; at < block.Pixels * block.Channels; at++)
        {
            int channel = constants + (at % block.Channels);
            result.NormSaturations += table.Values(current.NormKind, channel, block.Re[at], block.Im[at], out result.Re[at], out result.Im[at]);
        }

        return result;
    }

    private BitBlock Signs(LayerPlan current, SumBlock block)
    {
        BitBlock result = bitBlocks.Next();
        result.Pixels = block.Pixels;
        result.Channels = block.Channels;
        result.FirstChannel = block.FirstChannel;
        int constants = current.NormBase + block.FirstChannel;
        for (int i = 0; i < block.Pixels; i++)
        {
            result.PixelIndex[i] = block.PixelIndex[i];
            ulong re = 0;
            ulong im = 0;
            for (int o = 0; o < block.Channels; o++)
            {
                int at = (i * block.Channels) + o;
                uint two = (uint)table.Bits(current.NormKind, constants + o, block.Re[at], block.Im[at]);
                re |= (ulong)(two & 1) << o;
                im |= (ulong)(two >> 1) << o;
            }

            result.Re[i] = re;
            result.Im[i] = im;
        }

        return result;
    }
}
