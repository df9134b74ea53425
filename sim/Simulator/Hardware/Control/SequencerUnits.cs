using BcnnSim.Hardware.Dma;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Control;

/// <summary>Command and completion channels of the sequencer, by unit.</summary>
public sealed record SequencerUnits
{
    public required Channel<LoadCommand> FrameLoad { get; init; }

    public required Channel<LoadCommand> ParameterLoad { get; init; }

    public required Channel<StoreCommand> Store { get; init; }

    /// <summary>Streamed weights: a beat per frame whose weights may be fetched; null where weights stay on chip.</summary>
    public required Channel<Completion>? FrameWeights { get; init; }

    /// <summary>Units every layer passes: line buffer, weights, accumulators, pool, norm.</summary>
    public required Channel<LayerCommand>[] Pipeline { get; init; }

    /// <summary>Behind the norm of a layer with bits.</summary>
    public required Channel<LayerCommand> MaxPool { get; init; }

    /// <summary>Behind the norm of a layer with values.</summary>
    public required Channel<LayerCommand> Residual { get; init; }

    public required Channel<LayerCommand> Activation { get; init; }

    public required Channel<LayerCommand> Shortcut { get; init; }

    public required Channel<LayerCommand> Classifier { get; init; }

    public required Channel<Completion> FrameLoaded { get; init; }

    /// <summary>By output of the parameter DMA: weights if they stay on chip, norm constants, classifier constants.</summary>
    public required Channel<Completion>[] ParametersLoaded { get; init; }

    public required Channel<Completion> ActivationDone { get; init; }

    public required Channel<Completion> ShortcutDone { get; init; }

    public required Channel<Completion> ClassifierDone { get; init; }

    public required Channel<Completion> Stored { get; init; }
}
