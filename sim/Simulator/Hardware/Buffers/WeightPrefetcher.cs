using BcnnSim.Hardware.Control;
using BcnnSim.Hardware.Dma;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>
/// Orders the weights of a frame from memory, layer by layer and pass by pass, as fast as the DMA takes commands. What holds it back is
/// the ring of the weight buffer: full, it stops the data, and these the commands.
/// </summary>
public sealed class WeightPrefetcher : Component
{
    private readonly AcceleratorProgram program;
    private readonly Channel<Completion> frames;
    private readonly Channel<LoadCommand> loads;
    private int layer;
    private int pass;
    private bool active;

    public WeightPrefetcher(string name, ClockDomain clock, AcceleratorProgram program, Channel<Completion> frames, Channel<LoadCommand> loads)
        : base(name, clock)
    {
        this.program = program;
        this.frames = frames;
        this.loads = loads;
        frames.ConnectConsumer(this);
        loads.ConnectProducer(this);
    }

    public override bool HoldsWork => active;

    public override bool Tick(long cycle)
    {
        if (active && loads.CanPush)
        {
            LayerPlan plan = program.Layers[layer];
            loads.Push(new LoadCommand(program.Memory.WeightAddress(plan), program.Memory.WeightBeats(plan), 0));
            Advance(plan);
        }

        if (!active && frames.CanPop)
        {
            frames.Pop();
            active = true;
        }

        return active ? loads.HasSpaceNext : frames.HasBeatNext;
    }

    public override Activity Classify(long cycle)
    {
        if (!active)
        {
            return Awaiting(0);
        }

        return loads.Count == loads.Depth ? Activity.BackPressured(0) : Activity.Busy;
    }

    private void Advance(LayerPlan plan)
    {
        if (++pass < plan.WeightPasses)
        {
            return;
        }

        pass = 0;
        if (++layer == program.Layers.Count)
        {
            layer = 0;
            active = false;
        }
    }
}
