using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Tests;

/// <summary>Networks with random weights, norms and statistics.</summary>
internal static class SmallNetworks
{
    public static NetShape Shape(int classes = 3)
    {
        var input = new MapShape(6, 5, 2);
        var first = new ConvolutionShape(input, 16, 3, 3, 1, 1, 1, 1, 1);
        var second = new ConvolutionShape(first.Output, 12, 1, 1, 1, 1, 0, 0, 2);
        var third = new ConvolutionShape(second.Output, 20, 3, 2, 1, 1, 1, 1, 1);
        return new NetShape(input, 3, [first, second, third], classes);
    }

    /// <summary>
    /// Stem with values, one plain block, one block with a strided 1x1 shortcut, ReLU before the head; odd maps, so that
    /// strides and padding meet the border.
    /// </summary>
    public static NetShape Residual(int outer = 12, int inner = 16, int secondOuter = 20, int secondInner = 12, int classes = 3)
    {
        var input = new MapShape(7, 6, 2);
        var stem = new ConvolutionShape(input, outer, 3, 3, 1, 1, 1, 1, 1);
        var a = new ConvolutionShape(stem.Output, inner, 3, 3, 1, 1, 1, 1, 1);
        var b = new ConvolutionShape(a.Output, outer, 3, 3, 1, 1, 1, 1, 1);
        var shortcut = new ConvolutionShape(b.Output, secondOuter, 1, 1, 2, 2, 0, 0, 1);
        var c = new ConvolutionShape(b.Output, secondInner, 3, 3, 2, 2, 1, 1, 1);
        var d = new ConvolutionShape(c.Output, secondOuter, 3, 3, 1, 1, 1, 1, 1);
        return new NetShape(input, 3, [stem, a, b, shortcut, c, d], classes)
        {
            Links = [new(LayerLink.Frame, true), new(0), new(1, true, 0), new(2, true), new(2), new(4, true, 3)],
            Relu = true,
        };
    }

    /// <summary>Statistics near those of random signs, so that every channel has both bits.</summary>
    public static ComplexNet<float> Random(int seed, int batch = 32, NetShape? shape = null, bool learnedImaginary = false)
    {
        var net = new ComplexNet<float>((shape ?? Shape()) with { LearnedImaginary = learnedImaginary }, batch);
        foreach (Parameter<float> parameter in net.Parameters())
        {
            SeededValues.Fill<float>(seed++, parameter.Value);
        }

        Wake(net.Imaginary?.State, seed);
        for (int i = 0; i < net.Norms.Count; i++)
        {
            ConvolutionShape layer = net.Shape.Layers[i];
            double variance = 2.0 * layer.Taps * layer.SumPool * layer.SumPool;
            SeededValues.Fill<float>(seed++, net.Norms[i].State.RunningVariance, 0.5 * variance, 1.5 * variance);
            SeededValues.Fill<float>(seed++, net.Norms[i].State.RunningMean, -2, 2);
        }

        SeededValues.Fill<float>(seed++, net.Head.RunningMean, -1, 1);
        SeededValues.Fill<float>(seed, net.Head.RunningVariance, 0.5, 2);
        net.Refresh();
        return net;
    }

    // Values for which the two ReLUs pass most inputs: wholly random ones leave a constant.
    private static void Wake(ImaginaryState<float>? state, int seed)
    {
        if (state is not null)
        {
            SeededValues.Fill<float>(seed, state.Gain1, 0.5, 1.5);
            SeededValues.Fill<float>(seed + 1, state.Shift1, 0, 1);
            SeededValues.Fill<float>(seed + 2, state.Weight1, 0.2, 1);
            SeededValues.Fill<float>(seed + 3, state.Gain2, 0.5, 1.5);
            SeededValues.Fill<float>(seed + 4, state.Shift2, -0.5, 0.5);
            SeededValues.Fill<float>(seed + 5, state.Weight2, 0.4, 1.5);
            SeededValues.Fill<float>(seed + 6, state.Bias, -1, -0.6);
        }
    }
}
