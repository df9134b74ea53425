using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Compute;

/// <summary>
/// Adds up the features over the map, +-1 or 16-bit values, while the last layer's bits or values arrive; then Classes x Features int8 products at
/// Lanes per cycle, bias, argmax. The sums of the next frame may arrive meanwhile (double-buffered).
/// </summary>
public sealed class Classifier : Component
{
    private readonly Channel<Beat256> data;
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<BitBeat> bits;
    private readonly Channel<ValueBeat> values;
    private readonly Channel<Completion> done;
    private readonly Channel<Completion> loaded;
    private readonly Channel<ScoreBeat> scores;
    private readonly ClassifierPlan plan;
    private readonly ClassifierTable table;
    private readonly long[] filling;
    private readonly long[] features;
    private readonly long productCycles;
    private long remaining;
    private long scoreCycle = long.MaxValue;
    private LayerPlan? collecting;
    private bool reported;

    public Classifier(
        string name,
        ClockDomain clock,
        AcceleratorProgram program,
        Channel<Beat256> data,
        Channel<LayerCommand> commands,
        Channel<BitBeat> bits,
        Channel<ValueBeat> values,
        Channel<Completion> done,
        Channel<Completion> loaded,
        Channel<ScoreBeat> scores)
        : base(name, clock)
    {
        this.data = data;
        this.commands = commands;
        this.bits = bits;
        this.values = values;
        this.done = done;
        this.loaded = loaded;
        this.scores = scores;
        data.ConnectConsumer(this);
        commands.ConnectConsumer(this);
        bits.ConnectConsumer(this);
        values.ConnectConsumer(this);
        done.ConnectProducer(this);
        loaded.ConnectProducer(this);
        scores.ConnectProducer(this);
        plan = program.Classifier;
        table = new ClassifierTable(plan);
        filling = new long[plan.Features];
        features = new long[plan.Features];
        productCycles = ProductCycles(plan, program.Design.Classifier.Lanes) + program.Design.Classifier.PipelineDepth;
    }

    public override bool HoldsWork => collecting is not null || scoreCycle != long.MaxValue || table.Partial;

    /// <summary>ceil(Classes x Features / lanes).</summary>
    public static long ProductCycles(ClassifierPlan plan, int lanes) => (((long)plan.Classes * plan.Features) + lanes - 1) / lanes;

    public override bool Tick(long cycle)
    {
        Emit(cycle);
        Load();
        if (collecting is null && commands.CanPop)
        {
            collecting = commands.Pop().Layer;
            remaining = (long)collecting.Output.Pixels * collecting.Output.Channels;
        }

        Collect();
        Finish(cycle);
        if (scoreCycle > cycle && scoreCycle != long.MaxValue)
        {
            WakeAt(scoreCycle);
        }

        return (scoreCycle <= cycle && scores.HasSpaceNext) || Pending;
    }

    public override Activity Classify(long cycle)
    {
        if (scoreCycle <= cycle && scores.Count == scores.Depth)
        {
            return Activity.BackPressured(2);
        }

        if (scoreCycle != long.MaxValue)
        {
            return Activity.Busy;
        }

        return Awaiting(collecting is null ? 1 : collecting.EmitsValues ? 3 : 2);
    }

    private bool Pending => data.HasBeatNext
        || (table.Complete && !reported)
        || (collecting is null ? commands.HasBeatNext : collecting.EmitsValues ? values.HasBeatNext : bits.HasBeatNext);

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

    private void Collect()
    {
        if (collecting is null || remaining == 0)
        {
            return;
        }

        if (collecting.EmitsValues)
        {
            CollectValues();
        }
        else if (bits.CanPop)
        {
            CollectBits(bits.Pop().Bits);
        }
    }

    private void CollectBits(BitBlock block)
    {
        for (int o = 0; o < block.Channels; o++)
        {
            int re = 0;
            int im = 0;
            for (int i = 0; i < block.Pixels; i++)
            {
                re += (int)(block.Re[i] >> o & 1);
                im += (int)(block.Im[i] >> o & 1);
            }

            filling[block.FirstChannel + o] += (2 * re) - block.Pixels;
            filling[plan.Channels + block.FirstChannel + o] += (2 * im) - block.Pixels;
        }

        remaining -= block.Pixels * block.Channels;
    }

    private void CollectValues()
    {
        if (!values.CanPop)
        {
            return;
        }

        ValueBlock block = values.Pop().Values;
        for (int at = 0; at < block.Pixels * block.Channels; at++)
        {
            int channel = block.FirstChannel + (at % block.Channels);
            filling[channel] += Feature(block.Re[at]);
            filling[plan.Channels + channel] += Feature(block.Im[at]);
        }

        remaining -= block.Pixels * block.Channels;
    }

    private int Feature(short value)
    {
        if (!plan.ReadsValues)
        {
            return value >= 0 ? 1 : -1;
        }

        return plan.Relu && value < 0 ? 0 : value;
    }

    /// <summary>All features are in: hand them to the multipliers if these are free.</summary>
    private void Finish(long cycle)
    {
        if (collecting is not null && remaining == 0 && scoreCycle == long.MaxValue && done.CanPush)
        {
            filling.CopyTo(features, 0);
            Array.Clear(filling);
            scoreCycle = cycle + productCycles;
            done.Push(new Completion(collecting.Index));
            collecting = null;
        }
    }

    private void Emit(long cycle)
    {
        if (scoreCycle <= cycle && scores.CanPush)
        {
            long[] result = table.Scores(features);
            scores.Push(new ScoreBeat(Array.IndexOf(result, result.Max()), result));
            scoreCycle = long.MaxValue;
        }
    }
}
