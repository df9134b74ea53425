using BcnnSim.Networks;

namespace BcnnSim.Trainer.Layers;

/// <summary>Geometry of a whole network.</summary>
public sealed record NetShape(MapShape Input, int InputBits, IReadOnlyList<ConvolutionShape> Layers, int Classes)
{
    /// <summary>Real images: the imaginary part is learned (<see cref="ImaginaryBranch{T}"/>).</summary>
    public bool LearnedImaginary { get; init; }

    /// <summary>Complex weights of all binary convolutions: what the pruning rate counts.</summary>
    public long ComplexWeights => Layers.Sum(layer => layer.Weights);

    /// <summary>Complex products of one frame, one bit plane.</summary>
    public long MultiplyAccumulates => Layers.Sum(layer => layer.MultiplyAccumulates);

    /// <summary>Binary products of one frame on the machine: the first layer runs once per bit plane.</summary>
    public long LaneOperations => MultiplyAccumulates + ((InputBits - 1) * Layers[0].MultiplyAccumulates);

    /// <summary>The same chain with other output channels; each layer reads what the one before it makes.</summary>
    public NetShape WithChannels(IReadOnlyList<int> channels)
    {
        var layers = new List<ConvolutionShape>();
        MapShape input = Input;
        for (int i = 0; i < Layers.Count; i++)
        {
            layers.Add(Layers[i] with { Input = input, OutputChannels = channels[i] });
            input = layers[^1].Output;
        }

        return this with { Layers = layers };
    }
}
