using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Trainer.Layers;

/// <summary>Geometry of a whole network: a graph of layers in execution order; the head reads the last one.</summary>
public sealed record NetShape(MapShape Input, int InputBits, IReadOnlyList<ConvolutionShape> Layers, int Classes)
{
    /// <summary>One per layer; a chain of bits unless told otherwise.</summary>
    public IReadOnlyList<LayerLink> Links { get; init; } = LayerLink.Chain(Layers.Count);

    /// <summary>The head's features pass a ReLU; only where the last layer has values.</summary>
    public bool Relu { get; init; }

    /// <summary>Real images: the imaginary part is learned (<see cref="ImaginaryBranch{T}"/>).</summary>
    public bool LearnedImaginary { get; init; }

    /// <summary>Norm of complex networks as the machine will hold it; all but complex train with g_i = 0.</summary>
    public NormKind Norm { get; init; }

    /// <summary>Channels that a layer on the frame reads: C of the frame, or 2C where a real network takes both parts as channels.</summary>
    public int InputChannels { get; init; } = Input.Channels;

    /// <summary>Complex weights of all binary convolutions: what the pruning rate counts.</summary>
    public long ComplexWeights => Layers.Sum(layer => layer.Weights);

    /// <summary>Complex products of one frame, one bit plane.</summary>
    public long MultiplyAccumulates => Layers.Sum(layer => layer.MultiplyAccumulates);

    /// <summary>Binary products of one frame on the machine: a layer on the frame runs once per bit plane.</summary>
    public long LaneOperations => Enumerable.Range(0, Layers.Count).Sum(i => (ReadsFrame(i) ? InputBits : 1) * Layers[i].MultiplyAccumulates);

    public bool ReadsFrame(int layer) => Links[layer].Source == LayerLink.Frame;

    /// <summary>
    /// For every layer the first layer of its tie: layers whose values are added together must keep the same channels, or an
    /// add would meet channels that are not there.
    /// </summary>
    public int[] Ties()
    {
        int[] first = [.. Enumerable.Range(0, Layers.Count)];
        for (int i = 0; i < first.Length; i++)
        {
            if (Links[i].Residual == LayerLink.None)
            {
                continue;
            }

            int mine = first[i], other = first[Links[i].Residual];
            for (int k = 0; k <= i; k++)
            {
                first[k] = first[k] == mine || first[k] == other ? Math.Min(mine, other) : first[k];
            }
        }

        return first;
    }

    /// <summary>The same graph with other output channels; each layer reads what its source makes.</summary>
    public NetShape WithChannels(IReadOnlyList<int> channels)
    {
        var layers = new List<ConvolutionShape>();
        for (int i = 0; i < Layers.Count; i++)
        {
            MapShape input = ReadsFrame(i) ? Input with { Channels = InputChannels } : layers[Links[i].Source].Output;
            layers.Add(Layers[i] with { Input = input, OutputChannels = channels[i] });
        }

        return this with { Layers = layers };
    }
}
