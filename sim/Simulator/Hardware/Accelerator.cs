using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Buffers;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Hardware.Dma;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;

namespace BcnnSim.Hardware;

/// <summary>The whole machine, or one replica of it, for one program and a number of frames: the only place that wires components together.</summary>
public sealed class Accelerator
{
    private readonly AcceleratorDesign design;
    private readonly ReplicaSite site;

    public Accelerator(AcceleratorProgram program, int frames, SimulationOptions? options = null)
        : this(program, frames, ReplicaSite.Create(program.Design, options))
    {
        site.Memory.Build();
    }

    /// <summary>One replica among those of a simulation.</summary>
    internal Accelerator(AcceleratorProgram program, int frames, ReplicaSite site)
    {
        Program = program;
        Frames = frames;
        this.site = site;
        design = program.Design;
        ClockDesign clocks = design.Clocks;
        FramePort = new AxiPort(Simulation, Name("axi.frames"), clocks, ArrayClock, AxiClock);
        ParameterPort = new AxiPort(Simulation, Name("axi.parameters"), clocks, ArrayClock, AxiClock);
        ResultPort = new AxiPort(Simulation, Name("axi.results"), clocks, ArrayClock, AxiClock);
        WeightPort = program.StreamsWeights ? new AxiPort(Simulation, Name("axi.weights"), clocks, ArrayClock, AxiClock) : null;
        Units = CreateUnits();
        Sequencer = new Sequencer(Name("sequencer"), ArrayClock, program, Units, frames);
        WireMemory();
        WireFrames();
        WireArray();
        WireBackEnd();
        LoadParameters();
    }

    public AcceleratorProgram Program { get; }

    /// <summary>Frames the run will process.</summary>
    public int Frames { get; }

    public Simulation Simulation => site.Simulation;

    public ClockDomain ArrayClock => site.ArrayClock;

    public ClockDomain AxiClock => site.AxiClock;

    public AxiPort FramePort { get; }

    public AxiPort ParameterPort { get; }

    public AxiPort ResultPort { get; }

    /// <summary>Port of streamed weights; null where weights stay on chip.</summary>
    public AxiPort? WeightPort { get; }

    public SequencerUnits Units { get; }

    public Sequencer Sequencer { get; }

    public PeArray PeArray { get; private set; } = null!;

    public ActivationBuffer ActivationBuffer { get; private set; } = null!;

    /// <summary>Bits of the last layer on their way to the classifier.</summary>
    public Channel<BitBeat> ClassifierBits { get; private set; } = null!;

    /// <summary>Values behind the residual add whose signs go to the activation buffer.</summary>
    public Channel<ValueBeat> ActivationValues { get; private set; } = null!;

    /// <summary>Values behind the residual add on their way to the shortcut map.</summary>
    public Channel<ValueBeat> ShortcutValues { get; private set; } = null!;

    /// <summary>Values of the last layer on their way to the classifier.</summary>
    public Channel<ValueBeat> ClassifierValues { get; private set; } = null!;

    /// <summary>Contents of the memory behind all controllers: tests plant faults in it.</summary>
    internal HbmImage Image => site.Memory.Image;

    /// <summary>Switch, controllers and DRAM; of all replicas that share the simulation.</summary>
    public HbmMemory Memory => site.Memory.Memory;

    /// <summary>Puts a frame where the program expects it.</summary>
    public void LoadFrame(int index, Frame frame)
    {
        MemoryRegion region = Program.Memory.Frames;
        Image.Write(region.Of(index), FrameImage.Pack(Program, frame));
    }

    /// <summary>Class and scores the machine has written for a frame.</summary>
    public (int Class, long[] Scores) Result(int index)
    {
        MemoryRegion region = Program.Memory.Results;
        byte[] bytes = new byte[region.ItemBytes];
        Image.Read(region.Of(index), bytes);
        long[] scores = new long[Program.Classifier.Classes];
        for (int k = 0; k < scores.Length; k++)
        {
            scores[k] = BitConverter.ToInt64(bytes, 8 * (k + 1));
        }

        return ((int)BitConverter.ToInt64(bytes, 0), scores);
    }

    private Channel<T> Wire<T>(string name, int depth)
        where T : struct => new(Simulation, Name(name), depth);

    private string Name(string name) => site.Prefix + name;

    private SequencerUnits CreateUnits()
    {
        int depth = design.Fifos.Command;
        string[] parameters = Program.StreamsWeights ? ["norm", "classifier"] : ["weights", "norm", "classifier"];
        string[] pipeline = ["line", "weight", "accumulate", "pool", "norm"];
        return new SequencerUnits
        {
            FrameLoad = Wire<LoadCommand>("sequencer.frameLoad", depth),
            ParameterLoad = Wire<LoadCommand>("sequencer.parameterLoad", depth),
            FrameWeights = Program.StreamsWeights ? Wire<Completion>("sequencer.frameWeights", depth) : null,
            Store = Wire<StoreCommand>("sequencer.store", depth),
            Pipeline = [.. pipeline.Select(n => Wire<LayerCommand>($"sequencer.{n}", depth))],
            MaxPool = Wire<LayerCommand>("sequencer.maxPool", depth),
            Residual = Wire<LayerCommand>("sequencer.residual", depth),
            Activation = Wire<LayerCommand>("sequencer.activation", depth),
            Shortcut = Wire<LayerCommand>("sequencer.shortcut", depth),
            Classifier = Wire<LayerCommand>("sequencer.classifier", depth),
            FrameLoaded = Wire<Completion>("frameBuffer.loaded", depth),
            ParametersLoaded = [.. parameters.Select(n => Wire<Completion>($"{n}.loaded", depth))],
            ActivationDone = Wire<Completion>("activation.done", depth),
            ShortcutDone = Wire<Completion>("shortcut.done", depth),
            ClassifierDone = Wire<Completion>("classifier.done", depth),
            Stored = Wire<Completion>("dma.results.done", depth),
        };
    }

    private void WireMemory()
    {
        MemoryPlan memory = Program.Memory;
        site.Memory.Connect(Name("hbm.frames"), memory.Frames.PseudoChannel, memory.Frames.Spread, FramePort);
        site.Memory.Connect(Name("hbm.parameters"), memory.NormConstants.PseudoChannel, 1, ParameterPort);
        site.Memory.Connect(Name("hbm.results"), memory.Results.PseudoChannel, memory.Results.Spread, ResultPort);
        if (WeightPort is not null)
        {
            site.Memory.Connect(Name("hbm.weights"), memory.Weights.PseudoChannel, memory.Weights.Spread, WeightPort);
        }
    }

    private void WireFrames()
    {
        int depth = design.Fifos.Data;
        string[] parameters = Program.StreamsWeights ? ["norm", "classifier"] : ["weights", "norm", "classifier"];
        FrameData = Wire<Beat256>("dma.frames.data", depth);
        ParameterData = [.. parameters.Select(n => Wire<Beat256>($"dma.parameters.{n}", depth))];
        _ = new DmaReader(Name("dma.frames"), ArrayClock, design.Dma, Units.FrameLoad, FramePort, FrameData);
        _ = new DmaReader(Name("dma.parameters"), ArrayClock, design.Dma, Units.ParameterLoad, ParameterPort, ParameterData);
    }

    private void WireWeights(Channel<WeightBeat> weight)
    {
        if (WeightPort is null)
        {
            _ = new WeightBuffer(Name("weights"), ArrayClock, Program, ParameterData[0], Units.Pipeline[1], weight, Units.ParametersLoaded[0]);
            return;
        }

        Channel<LoadCommand> loads = Wire<LoadCommand>("weights.load", design.Fifos.Command);
        Channel<Beat256> data = Wire<Beat256>("dma.weights.data", design.Fifos.Data);
        _ = new WeightPrefetcher(Name("weights.prefetch"), ArrayClock, Program, Units.FrameWeights!, loads);
        _ = new DmaReader(Name("dma.weights"), ArrayClock, design.Dma, loads, WeightPort, data);
        _ = new WeightRing(Name("weights"), ArrayClock, Program, data, Units.Pipeline[1], weight);
    }

    private Channel<Beat256> FrameData { get; set; } = null!;

    private Channel<Beat256>[] ParameterData { get; set; } = [];

    private Channel<PartialSumBeat> Partial { get; set; } = null!;

    private void WireArray()
    {
        FifoDesign fifos = design.Fifos;
        (Channel<ReadRequest>, Channel<ReadReply>) frame = (Wire<ReadRequest>("line.frameRead", fifos.Read), Wire<ReadReply>("frameBuffer.read", fifos.Read));
        (Channel<ReadRequest>, Channel<ReadReply>) activation = (Wire<ReadRequest>("line.activationRead", fifos.Read), Wire<ReadReply>("activation.read", fifos.Read));
        Channel<WindowBeat> window = Wire<WindowBeat>("pe.window", fifos.Window);
        Channel<WeightBeat> weight = Wire<WeightBeat>("pe.weight", fifos.Weight);
        Partial = Wire<PartialSumBeat>("accumulator.partial", fifos.PartialSum);
        ActivationBits = Wire<BitBeat>("activation.bits", fifos.Bits);
        ActivationValues = Wire<ValueBeat>("activation.values", fifos.Values);
        _ = new FrameBuffer(Name("frameBuffer"), ArrayClock, Program, FrameData, frame.Item1, frame.Item2, Units.FrameLoaded);
        ActivationBuffer = new ActivationBuffer(
            Name("activation"), ArrayClock, Program, Units.Activation, ActivationBits, activation.Item1, activation.Item2, ActivationValues, Units.ActivationDone);
        _ = new LineBuffer(Name("line"), ArrayClock, design.PeArray, design.LineBuffer, Units.Pipeline[0], frame, activation, window);
        WireWeights(weight);
        PeArray = new PeArray(Name("pe"), ArrayClock, design.PeArray, window, weight, Partial);
    }

    private Channel<BitBeat> ActivationBits { get; set; } = null!;

    private void WireBackEnd()
    {
        FifoDesign fifos = design.Fifos;
        Channel<SumBeat> sums = Wire<SumBeat>("accumulator.sums", fifos.Sum);
        Channel<SumBeat> pooled = Wire<SumBeat>("pool.sums", fifos.Sum);
        Channel<BitBeat> bits = Wire<BitBeat>("norm.bits", fifos.Bits);
        Channel<ValueBeat> values = Wire<ValueBeat>("norm.values", fifos.Values);
        ClassifierBits = Wire<BitBeat>("classifier.bits", fifos.Bits);
        ClassifierValues = Wire<ValueBeat>("classifier.values", fifos.Values);
        Channel<ScoreBeat> scores = Wire<ScoreBeat>("classifier.scores", fifos.Command);

        // A block is in use from its producer until the unit that reads it: every channel on the way plus one in each hand.
        int sumBlocks = sums.Depth + pooled.Depth + 4;
        int bitBlocks = bits.Depth + Math.Max(ActivationBits.Depth, ClassifierBits.Depth) + 4;
        _ = new AccumulatorBank(Name("accumulator"), ArrayClock, design.PeArray, design.Norm.Lanes, design.Accumulator.Bits, Units.Pipeline[2], Partial, sums, sumBlocks);
        int state = Program.Layers.Max(l => l.SumPool > 1 ? l.Norm.Width * l.Norm.Channels : 0);
        _ = new PoolUnit(Name("pool"), ArrayClock, design.PeArray.OutputLanes, design.Norm.Lanes, design.Pool.Lanes, state, Units.Pipeline[3], sums, pooled);
        WireNorm(pooled, bits, values, bitBlocks);
        _ = new MaxPoolUnit(Name("maxPool"), ArrayClock, Program, Units.MaxPool, bits, ActivationBits, ClassifierBits);
        WireResidual(values);
        _ = new Classifier(
            Name("classifier"), ArrayClock, Program, ParameterData[^1], Units.Classifier, ClassifierBits, ClassifierValues, Units.ClassifierDone, Units.ParametersLoaded[^1], scores);
        _ = new DmaWriter(Name("dma.results"), ArrayClock, design.Dma, Units.Store, scores, ResultPort, Units.Stored);
    }

    private void WireNorm(Channel<SumBeat> pooled, Channel<BitBeat> bits, Channel<ValueBeat> values, int bitBlocks)
    {
        // Values: the channel, those waiting in the residual unit for their shortcut, one in each hand.
        int valueBlocks = values.Depth + design.Residual.ReadsInFlight + 4;
        int channels = Program.Layers.Sum(l => l.Output.Channels);
        _ = new NormUnit(
            Name("norm"), ArrayClock, design.PeArray.OutputLanes, design.Norm, channels, ParameterData[^2], Units.Pipeline[4], pooled, bits, values, Units.ParametersLoaded[^2], bitBlocks, valueBlocks);
    }

    private void WireResidual(Channel<ValueBeat> values)
    {
        FifoDesign fifos = design.Fifos;
        ShortcutValues = Wire<ValueBeat>("shortcut.values", fifos.Values);
        (Channel<ShortcutRequest>, Channel<ValueBeat>) read = (Wire<ShortcutRequest>("residual.shortcutRead", fifos.Read), Wire<ValueBeat>("shortcut.read", fifos.Read));
        _ = new ResidualUnit(Name("residual"), ArrayClock, Program, Units.Residual, values, read, ActivationValues, ShortcutValues, ClassifierValues);
        _ = new ShortcutBuffer(Name("shortcut"), ArrayClock, Program, Units.Shortcut, ShortcutValues, read, Units.ShortcutDone);
    }

    private void LoadParameters()
    {
        MemoryPlan memory = Program.Memory;
        LoadWeights(memory, ParameterImage.Weights(Program));
        Image.Write(memory.NormConstants.Address, ParameterImage.NormConstants(Program));
        Image.Write(memory.ClassifierConstants.Address, ParameterImage.ClassifierConstants(Program));
    }

    /// <summary>Whole where they lie in one pseudo-channel, else layer by layer.</summary>
    private void LoadWeights(MemoryPlan memory, byte[] image)
    {
        if (memory.Weights.Spread == 1)
        {
            Image.Write(memory.Weights.Address, image);
            return;
        }

        foreach (LayerPlan layer in Program.Layers)
        {
            int start = (int)memory.WeightOffset(layer);
            int bytes = Math.Min(image.Length - start, memory.WeightBeats(layer) * MemoryPlan.BeatBytes);
            Image.Write(memory.WeightAddress(layer), image.AsSpan(start, bytes));
        }
    }
}
