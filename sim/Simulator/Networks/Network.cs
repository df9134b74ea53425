namespace BcnnSim.Networks;

/// <summary>
/// A binarized complex network as the accelerator runs it: a graph of layer-level nodes with its packed weights.
/// Immutable; built only by NetworkFile (from disk) or in code (tests, trainer, shape generators).
/// </summary>
/// <param name="Name">Folder name under models/networks.</param>
/// <param name="Input">Shape and quantisation of one frame.</param>
/// <param name="Layers">Convolution layers in execution order; each names its producer, any layer before it or the frame.</param>
/// <param name="Classifier">The real-valued head, or null for a network that ends in bits (timing studies).</param>
/// <param name="Classes">Class names, index = class number; empty when there is no classifier.</param>
/// <param name="Pruning">What pruning removed.</param>
/// <param name="Provenance">How the network was made: free key/value text (data set, seed, command, method, accuracies).</param>
public sealed record Network(
    string Name,
    NetworkInput Input,
    IReadOnlyList<ConvolutionLayer> Layers,
    ClassifierLayer? Classifier,
    IReadOnlyList<string> Classes,
    PruningRecord Pruning,
    IReadOnlyDictionary<string, string> Provenance)
{
    /// <summary>Fraction bits of every 16-bit value of the network, 0..15; 0 when no layer has values. The machine does not use it.</summary>
    public int ValueFractionBits { get; init; }

    /// <summary>A shape without trained weights: its tensors are a fixed pattern, so cycles mean something and values nothing.</summary>
    public bool TimingOnly { get; init; }

    /// <summary>Name by which a layer refers to the frame.</summary>
    public const string InputName = "input";

    /// <summary>Bit planes <paramref name="layer"/> reads: P for a layer on the frame, otherwise 1.</summary>
    public int PlanesOf(ConvolutionLayer layer) => layer.Source == InputName ? Input.InputBits : 1;
}
