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

/// <summary>The whole machine for one program and a number of frames: the only place that wires components together.</summary>
public sealed class Accelerator
{
    private readonly AcceleratorDesign design;

    public Accelerator(AcceleratorProgram program, int frames, SimulationOptions? options = null)
    {
        Program = program;
        Frames = frames;
        design = program.Design;
        ClockDesign clocks = design.Clocks;
        Simulation = new Simulation(new TimeBase(clocks.ArrayKilohertz, clocks.AxiKilohertz), options);
        ArrayClock = Simulation.AddClock("array", clocks.ArrayKilohertz);
        AxiClock = Simulation.AddClock("axi", clocks.AxiKilohertz);
        FramePort = new AxiPort(Simulation, "axi.frames", clocks, ArrayClock, AxiClock);
        ParameterPort = new AxiPort(Simulation, "axi.parameters", clocks, ArrayClock, AxiClock);
        ResultPort = new AxiPort(Simulation, "axi.results", clocks, ArrayClock, AxiClock);
        Units = CreateUnits();
        Sequencer = new Sequencer("sequencer", ArrayClock, program, Units, frames);
        WireMemory();
        WireFrames();
        WireArray();
        WireBackEnd();
        LoadParameters();
    }

    public AcceleratorProgram Program { get; }

    /// <summary>Frames the run will process.</summary>
    public int Frames { get; }

    public Simulation Simulation { get; }

    public ClockDomain ArrayClock { get; }

    public ClockDomain AxiClock { get; }

    public AxiPort FramePort { get; }

    public AxiPort ParameterPort { get; }

    public AxiPort ResultPort { get; }

    public SequencerUnits Units { get; }

    public Sequencer Sequencer { get; }

    public PeArray PeArray { get; private set; } = null!;

    public ActivationBuffer ActivationBuffer { get; private set; } = null!;

    /// <summary>Bits of the last layer on their way to the classifier.</summary>
    public Channel<BitBeat> ClassifierBits { get; private set; } = null!;

    /// <summary>Contents of the memory behind all controllers: tests plant faults in it.</summary>
    internal HbmImage Image { get; } = new();

    /// <summary>Frames, parameters, results.</summary>
    public IReadOnlyList<HbmController> Memory { get; private set; } = [];

    /// <summary>Puts a frame where the program expects it.</summary>
    public void LoadFrame(int index, Frame frame)
    {
        MemoryRegion region = Program.Memory.Frames;
        Image.Write(region.Address + (index * region.Stride), FrameImage.Pack(Program, frame));
    }

    /// <summary>Class and scores the machine has written for a frame.</summary>
    public (int Class, long[] Scores) Result(int index)
    {
        MemoryRegion region = Program.Memory.Results;
        byte[] bytes = new byte[region.ItemBytes];
        Image.Read(region.Address + (index * region.Stride), bytes);
        long[] scores = new long[Program.Classifier.Classes];
        for (int k = 0; k < scores.Length; k++)
        {
            scores[k] = BitConverter.ToInt64(bytes, 8 * (k + 1));
        }

        return ((int)BitConverter.ToInt64(bytes, 0), scores);
    }

    private Channel<T> Wire<T>(string name, int depth)
        where T : struct => new(Simulation, name, depth);

    private SequencerUnits CreateUnits()
    {
        int depth = design.Fifos.Command;
        string[] pipeline = ["line", "weight", "accumulate", "pool", "norm", "maxPool"];
        return new SequencerUnits
        {
            FrameLoad = Wire<LoadCommand>("sequencer.frameLoad", depth),
            ParameterLoad = Wire<LoadCommand>("sequencer.parameterLoad", depth),
            Store = Wire<StoreCommand>("sequencer.store", depth),
            Pipeline = [.. pipeline.Select(n => Wire<LayerCommand>($"sequencer.{n}", depth))],
            Activation = Wire<LayerCommand>("sequencer.activation", depth),
            Classifier = Wire<LayerCommand>("sequencer.classifier", depth),
            FrameLoaded = Wire<Completion>("frameBuffer.loaded", depth),
            ParametersLoaded = [Wire<Completion>("weights.loaded", depth), Wire<Completion>("norm.loaded", depth), Wire<Completion>("classifier.loaded", depth)],
            ActivationDone = Wire<Completion>("activation.done", depth),
            ClassifierDone = Wire<Completion>("classifier.done", depth),
            Stored = Wire<Completion>("dma.results.done", depth),
        };
    }

    private void WireMemory()
    {
        DmaDesign dma = design.Dma;
        Memory =
        [
            new HbmController("hbm.frames", AxiClock, design, dma.FramePseudoChannel, FramePort, Image),
            new HbmController("hbm.parameters", AxiClock, design, dma.ParameterPseudoChannel, ParameterPort, Image),
            new HbmController("hbm.results", AxiClock, design, dma.ResultPseudoChannel, ResultPort, Image),
        ];
    }

    private void WireFrames()
    {
        int depth = design.Fifos.Data;
        FrameData = Wire<Beat256>("dma.frames.data", depth);
        ParameterData = [Wire<Beat256>("dma.parameters.weights", depth), Wire<Beat256>("dma.parameters.norm", depth), Wire<Beat256>("dma.parameters.classifier", depth)];
        _ = new DmaReader("dma.frames", ArrayClock, design.Dma, Units.FrameLoad, FramePort, FrameData);
        _ = new DmaReader("dma.parameters", ArrayClock, design.Dma, Units.ParameterLoad, ParameterPort, ParameterData);
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
        _ = new FrameBuffer("frameBuffer", ArrayClock, Program, FrameData, frame.Item1, frame.Item2, Units.FrameLoaded);
        ActivationBuffer = new ActivationBuffer(
            "activation", ArrayClock, Program, Units.Activation, ActivationBits, activation.Item1, activation.Item2, Units.ActivationDone);
        _ = new LineBuffer("line", ArrayClock, design, Units.Pipeline[0], frame, activation, window);
        _ = new WeightBuffer("weights", ArrayClock, Program, ParameterData[0], Units.Pipeline[1], weight, Units.ParametersLoaded[0]);
        PeArray = new PeArray("pe", ArrayClock, design.PeArray, window, weight, Partial);
    }

    private Channel<BitBeat> ActivationBits { get; set; } = null!;

    private void WireBackEnd()
    {
        FifoDesign fifos = design.Fifos;
        Channel<SumBeat> sums = Wire<SumBeat>("accumulator.sums", fifos.Sum);
        Channel<SumBeat> pooled = Wire<SumBeat>("pool.sums", fifos.Sum);
        Channel<BitBeat> bits = Wire<BitBeat>("norm.bits", fifos.Bits);
        ClassifierBits = Wire<BitBeat>("classifier.bits", fifos.Bits);
        Channel<ScoreBeat> scores = Wire<ScoreBeat>("classifier.scores", fifos.Command);

        // A block is in use from its producer until the unit that reads it: every channel on the way plus one in each hand.
        int sumBlocks = sums.Depth + pooled.Depth + 4;
        int bitBlocks = bits.Depth + Math.Max(ActivationBits.Depth, ClassifierBits.Depth) + 4;
        _ = new AccumulatorBank("accumulator", ArrayClock, design.PeArray, design.Norm.Lanes, design.Accumulator.Bits, Units.Pipeline[2], Partial, sums, sumBlocks);
        _ = new PoolUnit("pool", ArrayClock, Program, Units.Pipeline[3], sums, pooled);
        _ = new NormUnit("norm", ArrayClock, Program, ParameterData[1], Units.Pipeline[4], pooled, bits, Units.ParametersLoaded[1], bitBlocks);
        _ = new MaxPoolUnit("maxPool", ArrayClock, Program, Units.Pipeline[5], bits, ActivationBits, ClassifierBits);
        _ = new Classifier(
            "classifier", ArrayClock, Program, ParameterData[2], Units.Classifier, ClassifierBits, Units.ClassifierDone, Units.ParametersLoaded[2], scores);
        _ = new DmaWriter("dma.results", ArrayClock, design.Dma, Units.Store, scores, ResultPort, Units.Stored);
    }

    private void LoadParameters()
    {
        MemoryPlan memory = Program.Memory;
        Image.Write(memory.Weights.Address, ParameterImage.Weights(Program));
        Image.Write(memory.NormConstants.Address, ParameterImage.NormConstants(Program));
        Image.Write(memory.ClassifierConstants.Address, ParameterImage.ClassifierConstants(Program));
    }
}
