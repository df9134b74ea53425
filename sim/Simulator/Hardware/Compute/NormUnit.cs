using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Compute;

/// <summary>Folded batch norm and sign on up to Nn complex sums per cycle; a pipeline with one common enable.</summary>
public sealed class NormUnit : Component
{
    private readonly Channel<Beat256> data;
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<SumBeat> sums;
    private readonly Channel<BitBeat> bits;
    private readonly Channel<Completion> loaded;
    private readonly StallPipeline<BitBeat> pipeline;
    private readonly BlockPool<BitBlock> blocks;
    private readonly NormTable table;
    private LayerPlan? layer;
    private long remaining;
    private bool reported;

    public NormUnit(
        string name,
        ClockDomain clock,
        AcceleratorProgram program,
        Channel<Beat256> data,
        Channel<LayerCommand> commands,
        Channel<SumBeat> sums,
        Channel<BitBeat> bits,
        Channel<Completion> loaded,
        int downstreamBlocks)
        : base(name, clock)
    {
        this.data = data;
        this.commands = commands;
        this.sums = sums;
        this.bits = bits;
        this.loaded = loaded;
        data.ConnectConsumer(this);
        commands.ConnectConsumer(this);
        sums.ConnectConsumer(this);
        bits.ConnectProducer(this);
        loaded.ConnectProducer(this);
        var design = program.Design;
        pipeline = new StallPipeline<BitBeat>(design.Norm.PipelineDepth);
        int pixels = Math.Max(1, design.Norm.Lanes / design.PeArray.OutputLanes);
        blocks = new BlockPool<BitBlock>(design.Norm.PipelineDepth + downstreamBlocks, () => new BitBlock(pixels));
        table = new NormTable(program.Layers.Sum(l => l.Output.Channels));
    }

    public override bool HoldsWork => layer is not null || !pipeline.IsEmpty || table.Partial;

    public override bool Tick(long cycle)
    {
        Load();
        Advance();
        return !pipeline.IsEmpty ? !pipeline.LastValid || bits.HasSpaceNext : Pending;
    }

    public override Activity Classify(long cycle)
    {
        if (pipeline.LastValid && bits.Count == bits.Depth)
        {
            return Activity.BackPressured(0);
        }

        if (layer is null)
        {
            return pipeline.IsEmpty ? Awaiting(1) : Activity.Draining;
        }

        return sums.Count > 0 || !pipeline.IsEmpty ? Activity.Busy : Activity.Starved(2);
    }

    private bool Pending => data.HasBeatNext
        || (table.Complete && !reported)
        || (layer is null ? commands.HasBeatNext : sums.HasBeatNext);

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
        if (pipeline.LastValid)
        {
            if (!bits.CanPush)
            {
                return;
            }

            bits.Push(pipeline.Last);
        }

        pipeline.Shift();
        if (layer is null && commands.CanPop)
        {
            layer = commands.Pop().Layer;
            remaining = (long)layer.Norm.Pixels * layer.Norm.Channels;
        }

        if (layer is not null && sums.CanPop)
        {
            pipeline.Fill(Normalize(layer, sums.Pop().Sums));
        }
    }

    private BitBeat Normalize(LayerPlan current, SumBlock block)
    {
        BitBlock result = blocks.Next();
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

        remaining -= block.Pixels * block.Channels;
        layer = remaining == 0 ? null : current;
        return new BitBeat(result);
    }
}
