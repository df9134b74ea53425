using BcnnSim.Hardware.Dma;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Control;

/// <summary>
/// Issues the program in order, one instruction per cycle, and keeps the scoreboard of what is unfinished. An instruction that may not
/// start yet holds back those behind it; loads, layers and stores already started run on side by side.
/// </summary>
public sealed class Sequencer : Component
{
    private readonly AcceleratorProgram program;
    private readonly SequencerUnits units;
    private readonly int frames;
    private bool inPrologue = true;
    private int pc;
    private int frame;
    private int loadsIssued;
    private int framesLoaded;
    private int firstLayersDone;
    private int stored;
    private int sinksStarted;
    private int sinksDone;
    private int parameterLoadsIssued;
    private int parametersLoaded;
    private int target;

    public Sequencer(string name, ClockDomain clock, AcceleratorProgram program, SequencerUnits units, int frames)
        : base(name, clock)
    {
        this.program = program;
        this.units = units;
        this.frames = frames;
        foreach (Channel<Completion> channel in Completions())
        {
            channel.ConnectConsumer(this);
        }

        units.FrameLoad.ConnectProducer(this);
        units.ParameterLoad.ConnectProducer(this);
        units.FrameWeights?.ConnectProducer(this);
        units.Store.ConnectProducer(this);
        foreach (Channel<LayerCommand> channel in units.Pipeline)
        {
            channel.ConnectProducer(this);
        }

        units.MaxPool.ConnectProducer(this);
        units.Residual.ConnectProducer(this);
        units.Activation.ConnectProducer(this);
        units.Shortcut.ConnectProducer(this);
        units.Classifier.ConnectProducer(this);
    }

    public override bool HoldsWork => !Issued || stored < frames;

    private bool Issued => !inPrologue && frame == frames;

    private Instruction Current => inPrologue ? program.Prologue[pc] : program.Body[pc];

    public override bool Tick(long cycle)
    {
        bool more = TakeCompletions();
        bool issued = !Issued && Issue(Current);
        return issued || more;
    }

    public override Activity Classify(long cycle)
    {
        if (Issued)
        {
            return stored == frames ? Activity.Done : Activity.Draining;
        }

        if (!MayIssue(Current))
        {
            bool memory = Current.Opcode is Opcode.LoadParameters || (Current.Opcode is Opcode.Compute && framesLoaded <= frame);
            return memory ? Activity.Memory : Activity.Barrier;
        }

        return Activity.Busy;
    }

    private IEnumerable<Channel<Completion>> Completions() =>
        [units.FrameLoaded, .. units.ParametersLoaded, units.ActivationDone, units.ShortcutDone, units.ClassifierDone, units.Stored];

    /// <summary>True if a completion is left for the next edge.</summary>
    private bool TakeCompletions()
    {
        bool more = Take(units.FrameLoaded, ref framesLoaded);
        foreach (Channel<Completion> channel in units.ParametersLoaded)
        {
            more |= Take(channel, ref parametersLoaded);
        }

        Channel<Completion> first = FirstLayerDone;
        firstLayersDone += first.CanPop && first.Head.Tag == 0 ? 1 : 0;
        more |= Take(units.ActivationDone, ref sinksDone);
        more |= Take(units.ShortcutDone, ref sinksDone);
        more |= Take(units.ClassifierDone, ref sinksDone);
        more |= Take(units.Stored, ref stored);
        return more;
    }

    /// <summary>One of the units that report the first layer complete: its frame's slot is then free.</summary>
    private Channel<Completion> FirstLayerDone
    {
        get
        {
            LayerSinks sinks = program.Layers[0].Sinks;
            return sinks.Bits ? units.ActivationDone : sinks.Shortcut ? units.ShortcutDone : units.ClassifierDone;
        }
    }

    private static bool Take(Channel<Completion> channel, ref int count)
    {
        if (channel.CanPop)
        {
            channel.Pop();
            count++;
        }

        return channel.HasBeatNext;
    }

    /// <summary>Scoreboard conditions, without the space in command channels.</summary>
    private bool MayIssue(Instruction instruction) => instruction.Opcode switch
    {
        Opcode.LoadParameters => parameterLoadsIssued < program.ParameterRegions.Count || parametersLoaded == program.ParameterRegions.Count,
        Opcode.LoadFrame => loadsIssued == frames
            || (loadsIssued - stored < program.Design.Execution.FramesInFlight
                && loadsIssued - firstLayersDone < program.Design.FrameBuffer.Slots),
        Opcode.Compute => instruction.Layer > 0 || framesLoaded > frame,
        Opcode.Barrier => sinksDone == sinksStarted,
        _ => true,
    };

    private bool Issue(Instruction instruction)
    {
        if (!MayIssue(instruction))
        {
            return false;
        }

        bool done = instruction.Opcode switch
        {
            Opcode.LoadParameters => LoadParameters(),
            Opcode.LoadFrame => LoadFrame(),
            Opcode.Compute => Compute(program.Layers[instruction.Layer]),
            Opcode.Swap => Swap(),
            Opcode.Store => Store(),
            _ => true,
        };
        if (done)
        {
            Advance();
        }

        return done || instruction.Opcode == Opcode.LoadParameters;
    }

    private void Advance()
    {
        pc++;
        if (inPrologue && pc == program.Prologue.Count)
        {
            inPrologue = false;
            pc = 0;
        }
        else if (!inPrologue && pc == program.Body.Count)
        {
            pc = 0;
            frame++;
        }
    }

    private bool LoadParameters()
    {
        if (parameterLoadsIssued == program.ParameterRegions.Count)
        {
            return true;
        }

        if (units.ParameterLoad.CanPush)
        {
            MemoryRegion region = program.ParameterRegions[parameterLoadsIssued];
            units.ParameterLoad.Push(new LoadCommand(region.Address, (int)(region.ItemBytes / MemoryPlan.BeatBytes), parameterLoadsIssued));
            parameterLoadsIssued++;
        }

        return false;
    }

    private bool LoadFrame()
    {
        if (loadsIssued == frames)
        {
            return true;
        }

        if (!units.FrameLoad.CanPush || units.FrameWeights is { CanPush: false })
        {
            return false;
        }

        units.FrameWeights?.Push(new Completion(loadsIssued));

        MemoryRegion region = program.Memory.Frames;
        units.FrameLoad.Push(new LoadCommand(region.Of(loadsIssued), (int)(region.ItemBytes / MemoryPlan.BeatBytes), 0));
        loadsIssued++;
        return true;
    }

    private bool Compute(LayerPlan layer)
    {
        Channel<LayerCommand> behindNorm = layer.EmitsValues ? units.Residual : units.MaxPool;
        if (!behindNorm.CanPush || !SinksCanTake(layer.Sinks))
        {
            return false;
        }

        foreach (Channel<LayerCommand> unit in units.Pipeline)
        {
            if (!unit.CanPush)
            {
                return false;
            }
        }

        int source = layer.ReadsFrame ? frame % program.Design.FrameBuffer.Slots : 1 - target;
        LayerCommand command = new(layer, source, target);
        behindNorm.Push(command);
        PushToSinks(layer.Sinks, command);
        foreach (Channel<LayerCommand> unit in units.Pipeline)
        {
            unit.Push(command);
        }

        sinksStarted += layer.Sinks.Count;
        return true;
    }

    private bool SinksCanTake(LayerSinks sinks) =>
        (!sinks.Bits || units.Activation.CanPush) && (!sinks.Shortcut || units.Shortcut.CanPush) && (!sinks.Classifier || units.Classifier.CanPush);

    private void PushToSinks(LayerSinks sinks, LayerCommand command)
    {
        if (sinks.Bits)
        {
            units.Activation.Push(command);
        }

        if (sinks.Shortcut)
        {
            units.Shortcut.Push(command);
        }

        if (sinks.Classifier)
        {
            units.Classifier.Push(command);
        }
    }

    private bool Swap()
    {
        target = 1 - target;
        return true;
    }

    private bool Store()
    {
        if (!units.Store.CanPush)
        {
            return false;
        }

        MemoryRegion region = program.Memory.Results;
        units.Store.Push(new StoreCommand(region.Of(frame)));
        return true;
    }
}
