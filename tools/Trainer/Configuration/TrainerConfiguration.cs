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

    /// <summary>Training of the dense network.</summary>
    public required PhaseSettings Dense { get; init; }

    /// <summary>Null leaves pruning, retraining and the twin from scratch out.</summary>
    public required PruningSettings? Pruning { get; init; }

    /// <summary>Training of the compacted network, from the kept weights.</summary>
    public required PhaseSettings? Retrain { get; init; }

    /// <summary>Training of the same compacted shape from new weights.</summary>
    public required PhaseSettings? Scratch { get; init; }

    /// <summary>Geometry on a given input.</summary>
    public NetShape Shape(MapShape input, int classes)
    {
        var layers = new List<ConvolutionShape>();
        MapShape map = input;
        foreach (LayerSettings layer in Layers)
        {
            layers.Add(layer.Shape(map));
            map = layers[^1].Output;
            if (map.Height < 1 || map.Width < 1)
            {
                throw new InputException("configuration", $"layers[{layers.Count - 1}]", $"{map.Height}x{map.Width}", $"a map of {layers[^1].Input} must leave at least 1x1 after kernel, stride and pooling", "Use a smaller kernel, stride or sumPool, or more padding");
            }
        }

        return new NetShape(input, Data.InputBits, layers, classes) { LearnedImaginary = Data.Transform == LearnedImaginary.TransformName };
    }
}
