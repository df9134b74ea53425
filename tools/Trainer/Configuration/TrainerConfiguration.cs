using System.Text.Json.Serialization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Configuration;

/// <summary>One run: data, network, phases. Read from one strict JSON file.</summary>
public sealed record TrainerConfiguration
{
    /// <summary>Name of the network; its folder under models/networks.</summary>
    public required string Name { get; init; }

    /// <summary>Of weights and data order.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Threads; changes the time, never a bit.</summary>
    public required int Threads { get; init; }

    /// <summary>Images of one step.</summary>
    public required int Batch { get; init; }

    /// <summary>Training frames used to re-estimate statistics, a fixed shuffle.</summary>
    public required int CalibrationFrames { get; init; }

    public required DataSettings Data { get; init; }

    public required IReadOnlyList<LayerSettings> Layers { get; init; }

    public required HeadSettings Head { get; init; }

    /// <summary>Training of the dense network.</summary>
    public required PhaseSettings Dense { get; init; }

    /// <summary>
    /// F of the 16-bit values of residual networks: after pruning they are rounded to 2^-F as the machine rounds them, gradient
    /// straight through. Null or left out trains on unrounded values, and export chooses F by the largest seen.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ValueFractionBits { get; init; }

    /// <summary>Null leaves pruning, retraining and the twin from scratch out.</summary>
    public required PruningSettings? Pruning { get; init; }

    /// <summary>Training of the compacted network, from the kept weights.</summary>
    public required PhaseSettings? Retrain { get; init; }

    /// <summary>Training of the same compacted shape from new weights.</summary>
    public required PhaseSettings? Scratch { get; init; }

    /// <summary>Grid of the values behind pruning; null = none.</summary>
    [JsonIgnore]
    public ValueGrid<float>? Grid => ValueFractionBits is { } bits ? new(bits) : null;

    /// <summary>Geometry on a given input; that it leaves maps and adds equal ones was checked when the file was read (<see cref="GeometryCheck"/>).</summary>
    public NetShape Shape(MapShape input, int classes)
    {
        var layers = new List<ConvolutionShape>();
        IReadOnlyList<LayerLink> links = LayerGraph.Links(Layers);
        for (int i = 0; i < Layers.Count; i++)
        {
            layers.Add(Layers[i].Shape(links[i].Source == LayerLink.Frame ? input : layers[links[i].Source].Output));
        }

        return new NetShape(input, Data.InputBits, layers, classes) { Links = links, Relu = Head.Relu, LearnedImaginary = Data.Transform == LearnedImaginary.TransformName };
    }
}
