using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>
/// Streamed weights: a ring of words that the DMA fills in the order of layers and passes, ahead of the layer that computes. A layer that
/// fits is filled once per frame and replayed for every tile, another is filled again for every tile. A word's place is free once it has
/// been sent for the last time.
/// </summary>
public sealed class WeightRing : Component
{
    private readonly IReadOnlyList<LayerPlan> layers;
    private readonly Channel<Beat256> data;
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<WeightBeat> weight;
    private readonly WeightWordLoader loader;
    private readonly WeightCursor cursor = new();
    private readonly long[] readable;
    private readonly int capacity;
    private readonly int readLatency;
    private readonly int outputLanes;
    private long firstCycle;
    private long released;
    private long passStart;
    private int fillLayer;
    private int fillPass;
    private int fillWord;

    public WeightRing(
        string name, ClockDomain clock, AcceleratorProgram program, Channel<Beat256> data, Channel<LayerCommand> commands, Channel<WeightBeat> weight)
        : base(name, clock)
    {
        layers = program.Layers;
        this.data = data;
        this.commands = commands;
        this.weight = weight;
        data.ConnectConsumer(this);
        commands.ConnectConsumer(this);
        weight.ConnectProducer(this);
        WeightBufferDesign design = program.Design.WeightBuffer;
        readLatency = design.ReadLatency;
        outputLanes = program.Design.PeArray.OutputLanes;
        long filled = program.Layers.Sum(l => (long)l.Sent.Total * l.WeightPasses) * (program.Design.Execution.FramesInFlight + 1);
        capacity = design.Words;

        // Beats in the weight channel still refer to places that may already be filled again: model places more than the hardware has,
        // which keeps a word in every beat register. More places than the frames in flight can fill are never used.
        int slots = (int)Math.Min(capacity, filled) + weight.Depth + 2;
        loader = new WeightWordLoader(program.Design.PeArray, program.Memory, slots);
        readable = new long[slots];
    }

    public override bool HoldsWork => cursor.Active || loader.Loaded > released || loader.Partial;

    public override bool Tick(long cycle)
    {
        Send(cycle);
        Fill(cycle);
        if (!cursor.Active && commands.CanPop)
        {
            cursor.Begin(commands.Pop().Layer);
            firstCycle = cycle + readLatency;
        }

        return (data.HasBeatNext && HasRoom) || (cursor.Active ? SendsNext(cycle) : commands.HasBeatNext);
    }

    public override Activity Classify(long cycle)
    {
        if (!cursor.Active)
        {
            return data.Count > 0 && HasRoom ? Activity.Busy : Awaiting(1);
        }

        if (!NextLoaded)
        {
            return data.Count > 0 ? Activity.Busy : Activity.Starved(0);
        }

        return cycle >= FirstCycleOfNext && weight.Count == weight.Depth ? Activity.BackPressured(0) : Activity.Busy;
    }

    private long Next => passStart + cursor.Word;

    private bool NextLoaded => Next < loader.Loaded;

    private long FirstCycleOfNext => Math.Max(firstCycle, readable[Next % readable.Length]);

    private bool HasRoom => loader.Loaded - released + loader.WordsOfNextBeat(layers[fillLayer].Sent.Total - fillWord) <= capacity;

    private bool SendsNext(long cycle) => NextLoaded && (cycle + 1 < FirstCycleOfNext || weight.HasSpaceNext);

    private void Send(long cycle)
    {
        if (!cursor.Active || !NextLoaded || cycle < FirstCycleOfNext || !weight.CanPush)
        {
            return;
        }

        LayerPlan layer = cursor.Layer;
        long word = Next;
        weight.Push(new WeightBeat(loader.Words, (int)(word % readable.Length) * outputLanes));
        if (cursor.LastPlane && (cursor.LastTile || layer.WeightPasses > 1))
        {
            released = word + 1;
        }

        int tile = cursor.Tile;
        cursor.Advance();
        if (!cursor.Active || (layer.WeightPasses > 1 && cursor.Tile != tile))
        {
            passStart += layer.Sent.Total;
        }
    }

    private void Fill(long cycle)
    {
        if (!data.CanPop || !HasRoom)
        {
            return;
        }

        LayerPlan layer = layers[fillLayer];
        long before = loader.Loaded;
        loader.Load(data.Pop(), layer.Sent.Total - fillWord);
        for (long word = before; word < loader.Loaded; word++)
        {
            readable[word % readable.Length] = cycle + readLatency;
        }

        fillWord += (int)(loader.Loaded - before);
        if (fillWord == layer.Sent.Total)
        {
            fillWord = 0;
            fillPass = fillPass + 1 == layer.WeightPasses ? 0 : fillPass + 1;
            fillLayer = fillPass > 0 ? fillLayer : fillLayer + 1 == layers.Count ? 0 : fillLayer + 1;
        }
    }
}
