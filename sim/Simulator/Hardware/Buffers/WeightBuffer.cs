using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>
/// Resident weights: loaded once, then streamed to the array in the order tile, group, plane, word of the group's list. A read takes ReadLatency cycles;
/// the reads are pipelined and stop with the array, so a layer pays the latency once, at its start.
/// </summary>
public sealed class WeightBuffer : Component
{
    private readonly Channel<Beat256> data;
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<WeightBeat> weight;
    private readonly Channel<Completion> loaded;
    private readonly WeightWordLoader loader;
    private readonly int words;
    private readonly int readLatency;
    private readonly int outputLanes;
    private long firstCycle;
    private readonly WeightCursor cursor = new();
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
        loader = new WeightWordLoader(program.Design.PeArray, program.Memory, program.Memory.WeightWords);
        words = program.Memory.WeightWords;
    }

    public override bool HoldsWork => cursor.Active || (!Complete && (loader.Loaded > 0 || loader.Partial));

    private bool Complete => loader.Loaded == words;

    public override bool Tick(long cycle)
    {
        Stream(cycle);
        Load();
        if (!cursor.Active && commands.CanPop)
        {
            cursor.Begin(commands.Pop().Layer);
            firstCycle = cycle + readLatency;
        }

        return Awake(cycle);
    }

    public override Activity Classify(long cycle)
    {
        if (!cursor.Active)
        {
            return data.Count > 0 ? Activity.Busy : Awaiting(Complete ? 1 : 0);
        }

        return cycle >= firstCycle && weight.Count == weight.Depth ? Activity.BackPressured(0) : Activity.Busy;
    }

    /// <summary>Loading goes on also while the array holds the stream back: a beat must not wait for it.</summary>
    private bool Awake(long cycle) => data.HasBeatNext
        || (Complete && !reported && loaded.HasSpaceNext)
        || (cursor.Active ? cycle + 1 < firstCycle || weight.HasSpaceNext : commands.HasBeatNext);

    private void Load()
    {
        if (data.CanPop)
        {
            loader.Load(data.Pop(), words - (int)loader.Loaded);
        }

        if (Complete && !reported && loaded.CanPush)
        {
            loaded.Push(default);
            reported = true;
        }
    }

    private void Stream(long cycle)
    {
        if (!cursor.Active || cycle < firstCycle || !weight.CanPush)
        {
            return;
        }

        weight.Push(new WeightBeat(loader.Words, (cursor.Layer.WeightBase + cursor.Word) * outputLanes));
        cursor.Advance();
    }
}
