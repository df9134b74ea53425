using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Compute;

/// <summary>
/// Adds up the +-1 features over the map while the last layer's bits arrive; then Classes x Features int8 products at
/// Lanes per cycle, bias, argmax. The sums of the next frame may arrive meanwhile (double-buffered).
/// </summary>
public sealed class Classifier : Component
{
    private readonly Channel<Beat256> data;
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<BitBeat> bits;
    private readonly Channel<Completion> done;
    private readonly Channel<Completion> loaded;
    private readonly Channel<ScoreBeat> scores;
    private readonly ClassifierPlan plan;
    private readonly ClassifierTable table;
    private readonly int[] filling;
    private readonly int[] features;
    private readonly long productCycles;
    private long remaining;
    private long scoreCycle = long.MaxValue;
    private bool collecting;
    private bool reported;

    public Classifier(
        string name,
        ClockDomain clock,
        AcceleratorProgram program,
        Channel<Beat256> data,
        Channel<LayerCommand> commands,
        Channel<BitBeat> bits,
        Channel<Completion> done,
        Channel<Completion> loaded,
        Channel<ScoreBeat> scores)
        : base(name, clock)
    {
        this.data = data;
        this.commands = commands;
        this.bits = bits;
        this.done = done;
        this.loaded = loaded;
        this.scores = scores;
        data.ConnectConsumer(this);
        commands.ConnectConsumer(this);
        bits.ConnectConsumer(this);
        done.ConnectProducer(this);
        loaded.ConnectProducer(this);
        scores.ConnectProducer(this);
        plan = program.Classifier;
        table = new ClassifierTable(plan);
        filling = new int[plan.Features];
        features = new int[plan.Features];
        productCycles = ProductCycles(plan, program.Design.Classifier.Lanes) + program.Design.Classifier.PipelineDepth;
    }

    public override bool HoldsWork => collecting || scoreCycle != long.MaxValue || table.Partial;

    /// <summary>ceil(Classes x Features / lanes).</summary>
    public static long ProductCycles(ClassifierPlan plan, int lanes) => (((long)plan.Classes * plan.Features) + lanes - 1) / lanes;

    public override bool Tick(long cycle)
    {
        Emit(cycle);
        Load();
        if (!collecting && commands.CanPop)
        {
            LayerPlan layer = commands.Pop().Layer;
            collecting = true;
            remaining = (long)layer.Output.Pixels * layer.Output.Channels;
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

        if (scoreCycle != long.MaxValue || (collecting && bits.Count > 0))
        {
            return Activity.Busy;
        }

        return Awaiting(collecting ? 2 : 1);
    }

    private bool Pending => data.HasBeatNext
        || (table.Complete && !reported)
        || (collecting ? bits.HasBeatNext : commands.HasBeatNext);

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
        if (!collecting || remaining == 0 || !bits.CanPop)
        {
            return;
        }

        BitBlock block = bits.Pop().Bits;
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

    /// <summary>All features are in: hand them to the multipliers if these are free.</summary>
    private void Finish(long cycle)
    {
        if (collecting && remaining == 0 && scoreCycle == long.MaxValue && done.CanPush)
        {
            filling.CopyTo(features, 0);
            Array.Clear(filling);
            collecting = false;
            scoreCycle = cycle + productCycles;
            done.Push(default);
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
