using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Tests.Layers.Real;

/// <summary>Small real networks: layers narrower than a vector, every kind of pooling, a layer as large as its map.</summary>
internal static class RealShapes
{
    public static readonly MapShape Input = new(9, 8, 2);

    /// <summary>Reads the real parts, or both as four channels.</summary>
    public static NetShape Chain(bool both)
    {
        var first = new ConvolutionShape(Input with { Channels = both ? 4 : 2 }, 3, 3, 2, 1, 1, 1, 1, 1) { MaxPool = 2 };
        var second = new ConvolutionShape(first.Output, 11, 2, 2, 1, 1, 1, 0, 2);
        var third = new ConvolutionShape(second.Output, 70, second.Output.Height, second.Output.Width, 1, 1, 0, 0, 1);
        var fourth = new ConvolutionShape(third.Output, 5, 1, 1, 1, 1, 0, 0, 1);
        return new NetShape(Input, 2, [first, second, third, fourth], 3) { InputChannels = first.Input.Channels };
    }

    /// <summary>One layer and three classes on the real parts of <paramref name="input"/>.</summary>
    public static NetShape Small(MapShape input) => new(input, 2, [new(input, 6, 3, 3, 1, 1, 0, 0, 1)], 3) { InputChannels = input.Channels };

    /// <summary>A plain block and one with a strided shortcut; maximum pooling where values follow.</summary>
    public static NetShape Residual()
    {
        var stem = new ConvolutionShape(Input, 5, 3, 3, 1, 1, 1, 1, 1) { MaxPool = 2 };
        var a = new ConvolutionShape(stem.Output, 6, 3, 3, 1, 1, 1, 1, 1);
        var b = new ConvolutionShape(a.Output, 5, 3, 3, 1, 1, 1, 1, 1);
        var shortcut = new ConvolutionShape(b.Output, 9, 1, 1, 2, 2, 0, 0, 1);
        var c = new ConvolutionShape(b.Output, 4, 3, 3, 2, 2, 1, 1, 1);
        var d = new ConvolutionShape(c.Output, 9, 3, 3, 1, 1, 1, 1, 1);
        return new NetShape(Input, 2, [stem, a, b, shortcut, c, d], 3)
        {
            Links = [new(LayerLink.Frame, true), new(0), new(1, true, 0), new(2, true), new(2), new(4, true, 3)],
            Relu = true,
        };
    }
}
