using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Exploration;

/// <summary>Tile plans of a network shape: the same planner as for real networks, on layers without weights.</summary>
public static class ShapePlans
{
    public static IReadOnlyList<LayerPlan> Of(NetworkShape shape, AcceleratorDesign design)
    {
        var maps = shape.Maps();
        List<LayerPlan> plans = [];
        for (int i = 0; i < maps.Count; i++)
        {
            bool last = i == maps.Count - 1;
            LayerSinks sinks = new(Bits: !last, Shortcut: shape.Layers.Any(l => l.Residual == i), Classifier: last);
            plans.Add(LayerMapper.PlanLayer(Layer(maps[i].Layer, maps[i].Input), design, i, i == 0 ? shape.InputBits : 1, sinks));
        }

        return plans;
    }

    private static ConvolutionLayer Layer(ConvolutionShape shape, MapShape input)
    {
        int c = shape.OutputChannels;
        FoldedNorm norm = FoldedNorm.Threshold(new long[2 * c], new byte[2 * c]);
        QuadrantTensor weights = new(c, shape.Kernel * shape.Kernel * input.Channels, [], [], null);
        return new ConvolutionLayer(
            shape.Name, "-", input, c, shape.Kernel, shape.Kernel, shape.Stride, shape.Stride, shape.Padding, shape.Padding, shape.SumPool, 1, norm, weights)
        {
            Output = shape.Values ? OutputKind.Values : OutputKind.Bits,
            Residual = shape.Residual is null ? null : "-",
        };
    }
}
