using BcnnSim.Networks;

namespace BcnnSim.Exploration;

/// <summary>A network as a list of convolutions, for estimates.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Input">Height, width, complex channels.</param>
/// <param name="InputBits">P.</param>
/// <param name="Layers">In execution order.</param>
public sealed record NetworkShape(string Name, MapShape Input, int InputBits, IReadOnlyList<ConvolutionShape> Layers)
{
    /// <summary>Input and convolution map of every layer.</summary>
    public IReadOnlyList<(ConvolutionShape Layer, MapShape Input, MapShape Output)> Maps()
    {
        List<(ConvolutionShape, MapShape, MapShape)> maps = [];
        List<MapShape> outputs = [];
        foreach (ConvolutionShape layer in Layers)
        {
            int source = layer.Source ?? (outputs.Count - 1);
            MapShape input = source < 0 ? Input : outputs[source];
            int height = ((input.Height + (2 * layer.Padding) - layer.Kernel) / layer.Stride) + 1;
            int width = ((input.Width + (2 * layer.Padding) - layer.Kernel) / layer.Stride) + 1;
            MapShape output = new(height, width, layer.OutputChannels);
            maps.Add((layer, input, output));
            outputs.Add(output.Pooled(layer.SumPool));
        }

        return maps;
    }

    /// <summary>Complex weights of all convolutions.</summary>
    public long Weights => Maps().Sum(m => (long)m.Layer.Kernel * m.Layer.Kernel * m.Input.Channels * m.Layer.OutputChannels);

    /// <summary>Lane-operations of one frame: bit planes counted.</summary>
    public long LaneOperations => Maps().Select((m, i) =>
        (long)m.Layer.Kernel * m.Layer.Kernel * m.Input.Channels * m.Layer.OutputChannels * m.Output.Pixels * (i == 0 ? InputBits : 1)).Sum();
}
