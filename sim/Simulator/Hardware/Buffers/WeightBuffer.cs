using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>
/// Resident weights: loaded once, then streamed to the array in the order tile, group, plane, word. A read takes ReadLatency cycles;
/// the reads are pipelined and stop with the array, so a layer pays the latency once, at its start.
/// </summary>
public sealed class WeightBuffer : Component
{
    private readonly Channel<Beat256> data;
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<WeightBeat> weight;
    private readonly Channel<Completion> loaded;
    private readonly WeightWordLoader loader;
    private readonly int readLatency;
    private readonly int outputLanes;
    private LayerPlan? layer;
    private long firstCycle;
    private int word;
    private int plane;
    private int group;
    private int tile;
    private bool reported;

    public WeightBuffer(
        string name,
        ClockDomain clock,
        AcceleratorProgram program,
        Channel<Beat256> data,
        Channel<LayerCommand> commands,
        Channel<WeightBeat> weight,
        Channel<Completion> loaded)
        : base(name, clock)
    {
        this.data = data;
        this.commands = commands;
        this.weight = weight;
        this.loaded = loaded;
        data.ConnectConsumer(this);
        commands.ConnectConsumer(this);
        weight.ConnectProducer(this);
        loaded.ConnectProducer(this);
        readLatency = program.Design.WeightBuffer.ReadLatency;
        outputLanes = program.Design.PeArray.OutputLanes;
        loader = new WeightWordLoader(program.Design.PeArray, program.Memory);
    }

    public override bool HoldsWork => layer is not null || loader.Partial;

    public override bool Tick(long cycle)
    {
        Stream(cycle);
        Load();
        if (layer is null && commands.CanPop)
        {
            layer = commands.Pop().Layer;
            firstCycle = cycle + readLatency;
        }

        return Awake(cycle);
    }

    public override Activity Classify(long cycle)
    {
        if (layer is null)
        {
            return data.Count > 0 ? Activity.Busy : Awaiting(loader.Complete ? 1 : 0);
        }

        return cycle >= firstCycle && weight.Count == weight.Depth ? Activity.BackPressured(0) : Activity.Busy;
    }

    private bool Awake(long cycle) => layer is not null
        ? cycle + 1 < firstCycle || weight.HasSpaceNext
        : data.HasBeatNext || commands.HasBeatNext || (loader.Complete && !reported);

    private void Load()
    {
        if (data.CanPop)
        {
            loader.Load(data.Pop());
        }

        if (loader.Complete && !reported && loaded.CanPush)
        {
            loaded.Push(default);
            reported = true;
        }
    }

    private void Stream(long cycle)
    {
        if (layer is null || cycle < firstCycle || !weight.CanPush)
        {
            return;
        }

        int at = layer.WeightBase + (group * layer.Words) + word;
        weight.Push(new WeightBeat(loader.Words, at * outputLanes));
        Advance(layer);
    }

    private void Advance(LayerPlan current)
    {
        if (++word < current.Words)
        {
            return;
        }

        word = 0;
        if (++plane < current.Planes)
        {
            return;
        }

        plane = 0;
        if (++group < current.Groups)
        {
            return;
        }

        group = 0;
        if (++tile < current.Tiles)
        {
            return;
        }

        tile = 0;
        layer = null;
    }
}
