namespace BcnnSim.Design;

/// <summary>Every parameter of one machine: immutable, complete, nothing inherited or defaulted.</summary>
public sealed record AcceleratorDesign
{
    /// <summary>Name printed beside every result.</summary>
    [Choice("name printed beside every result")]
    public required string Name { get; init; }

    /// <summary>Clocks and crossings between them.</summary>
    public required ClockDesign Clocks { get; init; }

    /// <summary>Lanes of the array.</summary>
    public required PeArrayDesign PeArray { get; init; }

    /// <summary>Window memory.</summary>
    public required LineBufferDesign LineBuffer { get; init; }

    /// <summary>Input frames on chip.</summary>
    public required FrameBufferDesign FrameBuffer { get; init; }

    /// <summary>Ping-pong halves of packed activations.</summary>
    public required ActivationBufferDesign ActivationBuffer { get; init; }

    /// <summary>Shortcut map of residual networks.</summary>
    public required ShortcutBufferDesign ShortcutBuffer { get; init; }

    /// <summary>Resident weights.</summary>
    public required WeightBufferDesign WeightBuffer { get; init; }

    /// <summary>Partial sums.</summary>
    public required AccumulatorDesign Accumulator { get; init; }

    /// <summary>Sum and max pooling.</summary>
    public required PoolDesign Pool { get; init; }

    /// <summary>Folded norm.</summary>
    public required NormDesign Norm { get; init; }

    /// <summary>Residual add.</summary>
    public required ResidualDesign Residual { get; init; }

    /// <summary>Real classifier.</summary>
    public required ClassifierDesign Classifier { get; init; }

    /// <summary>Depths of the FIFOs between blocks.</summary>
    public required FifoDesign Fifos { get; init; }

    /// <summary>DMA engines.</summary>
    public required DmaDesign Dma { get; init; }

    /// <summary>AXI path to the memory.</summary>
    public required AxiDesign Axi { get; init; }

    /// <summary>Pseudo-channels, timing set and policy.</summary>
    public required HbmDesign Hbm { get; init; }

    /// <summary>Frames in flight.</summary>
    public required ExecutionDesign Execution { get; init; }
}
