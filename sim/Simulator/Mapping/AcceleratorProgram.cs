using BcnnSim.Design;
using BcnnSim.Networks;

namespace BcnnSim.Mapping;

/// <summary>Everything the machine needs to run one network on one design.</summary>
/// <param name="Network">Source of weights and constants.</param>
/// <param name="Design">Design it was planned for.</param>
/// <param name="Layers">Tile plans in execution order.</param>
/// <param name="Classifier">Classifier plan.</param>
/// <param name="Memory">HBM layout.</param>
/// <param name="Prologue">Instructions before the first frame.</param>
/// <param name="Body">Instructions of each frame.</param>
public sealed record AcceleratorProgram(
    Network Network,
    AcceleratorDesign Design,
    IReadOnlyList<LayerPlan> Layers,
    ClassifierPlan Classifier,
    MemoryPlan Memory,
    IReadOnlyList<Instruction> Prologue,
    IReadOnlyList<Instruction> Body)
{
    /// <summary>Frame-buffer words of one frame: planes x pixels x words per pixel.</summary>
    public int FrameWords => Layers[0].Planes * Layers[0].Input.Pixels * Layers[0].SourceWordsPerPixel;

    /// <summary>Whether weights are fetched within every frame.</summary>
    public bool StreamsWeights => Design.WeightBuffer.Residency == WeightResidency.Stream;

    /// <summary>What is loaded once before the first frame, by output of the parameter DMA: weights if they stay on chip, norm, classifier.</summary>
    public IReadOnlyList<MemoryRegion> ParameterRegions { get; } = Design.WeightBuffer.Residency == WeightResidency.Stream
        ? [Memory.NormConstants, Memory.ClassifierConstants]
        : [Memory.Weights, Memory.NormConstants, Memory.ClassifierConstants];

    /// <summary>Whether any layer has 16-bit values.</summary>
    public bool HasValues => Layers.Any(l => l.EmitsValues);

    /// <summary>Lane-operations of one frame (planes and padded taps counted, classifier excluded).</summary>
    public long LaneOperations => Layers.Sum(l => l.LaneOperations);
}
