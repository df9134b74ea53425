using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Configuration;

/// <summary>
/// What only the whole network shows: maps that vanish, a size no memory holds, a pruning rate that the kept counts do not
/// reach. Needs the shape of the data, not the data, so that it is known before any work.
/// </summary>
internal sealed class GeometryCheck(TrainerConfiguration c, Func<string, bool> isBroken)
{
    // 64 M complex weights are 128 M floats, with gradient and optimizer 2 GB; the largest arrays must be addressable too.
    private const long MostWeights = 1L << 26;
    private const long MostMapValues = 1L << 30;

    public void Check(RuleCheck rule)
    {
        if (isBroken("data") || isBroken("layers") || isBroken("batch"))
        {
            return;
        }

        (MapShape map, int classes) = DataSplits.Shape(c.Data);
        IReadOnlyList<LayerLink> links = LayerGraph.Links(c.Layers);
        List<MapShape> outputs = [];
        MapShape frame = map;
        bool unequal = false;
        for (int i = 0; i < c.Layers.Count; i++)
        {
            map = links[i].Source == LayerLink.Frame ? c.FrameMap(frame) : outputs[links[i].Source];
            ConvolutionShape layer = c.Layers[i].Shape(map);
            if (layer.KernelHeight > map.Height + (2 * layer.PaddingY) || layer.KernelWidth > map.Width + (2 * layer.PaddingX))
            {
                rule(false, $"layers[{i}].kernel", $"{layer.KernelHeight}x{layer.KernelWidth}", $"must fit into the map of {map} with its padding", "Use a smaller kernel or more padding");
                return;
            }

            CheckSums(layer, links[i].Source == LayerLink.Frame, $"layers[{i}]", rule);
            long values = 2L * c.Batch * layer.Convolved.Pixels * layer.OutputChannels, patches = 2L * layer.Taps * layer.Convolved.Pixels;
            rule(values <= MostMapValues && patches <= MostMapValues, $"layers[{i}]", $"{Math.Max(values, patches)} values", $"a map of one batch must not exceed {MostMapValues} values", "Use a smaller batch, fewer channels or more pooling");
            if (layer.Output.Height < 1 || layer.Output.Width < 1)
            {
                rule(false, $"layers[{i}]", layer.Output, $"a map of {map} must leave at least 1x1 after kernel, stride and pooling", "Use a smaller kernel, stride or pooling, or more padding");
                return;
            }

            if (links[i].Residual != LayerLink.None && outputs[links[i].Residual] != layer.Output)
            {
                rule(false, $"layers[{i}].residual", outputs[links[i].Residual], $"must be the {layer.Output} it is added to", "Name a layer of the same map, or add through a strided 1x1 shortcut layer");
                unequal = true;
            }

            outputs.Add(layer.Output);
        }

        if (unequal)
        {
            return;
        }

        NetShape dense = c.Shape(frame, classes);
        rule(dense.ComplexWeights <= MostWeights, "layers", $"{dense.ComplexWeights} complex weights", $"must not exceed {MostWeights}", "Use fewer channels or smaller kernels");
        if (c.Pruning is { } pruning && !isBroken("pruning") && !isBroken("layers"))
        {
            CheckRate(dense, pruning, c.LeastChannels, rule);
        }
    }

    // Integers beyond this round in float32: such a network would be trained, and could not be exported.
    private void CheckSums(ConvolutionShape layer, bool ofFrame, string place, RuleCheck rule)
    {
        long largest = IntegerNet.LargestSum(layer.Taps, ofFrame ? c.Data.InputBits : 1, layer.SumPool);
        rule(c.Kind != ArithmeticKind.ComplexBinary || largest < IntegerNet.SumLimit, place, $"sums up to {largest}", $"must stay below {IntegerNet.SumLimit} to be exact in float32", "Use a smaller kernel, fewer input channels or less sum pooling");
    }

    // A rate that nothing bears would be asked for and never given.
    private static void CheckBearers(NetShape dense, PruningPlan plan, IReadOnlyList<double?> rates, RuleCheck rule)
    {
        int[] ties = dense.Ties();
        HashSet<string> bearers = [.. plan.Sets.Select(set => set.Name)];
        for (int i = 0; i < rates.Count; i++)
        {
            bool borne = bearers.Contains(Grouping.Name(i)) || bearers.Contains(Grouping.Name(ties[i]));
            rule(borne || rates[i] is null or <= 1, $"pruning.layerRates[{i}]", rates[i], $"must be null: {plan.Form.Name} pruning takes nothing from this layer", "Write null");
        }
    }

    private static void CheckRate(NetShape dense, PruningSettings pruning, int leastChannels, RuleCheck rule)
    {
        if (pruning.Allocation != AllocationKind.Lanes)
        {
            var plan = new PruningPlan(pruning, dense, leastChannels);
            rule(plan.Sets.Count > 0, "pruning.structure", plan.Form.Name, "must find something to prune: layers that read the frame keep their taps", "Choose another structure, or add a layer");
            if (pruning.Allocation == AllocationKind.Layers && plan.Sets.Count > 0)
            {
                CheckBearers(dense, plan, pruning.LayerRates!, rule);
                double found = plan.Rate(plan.Counts(null));
                rule(found >= pruning.Rate, "pruning.layerRates", string.Create(CultureInfo.InvariantCulture, $"together {found:F2}x"), string.Create(CultureInfo.InvariantCulture, $"must reach pruning.rate = {pruning.Rate}x"), "Ask for higher rates, or a lower pruning.rate");
            }

            rule(plan.HighestRate >= pruning.Rate, "pruning.rate", pruning.Rate, plan.Reach, "Ask for a lower rate or another structure");
            return;
        }

        IReadOnlyList<int> kept = pruning.Kept ?? KeptCounts.Choose(dense, pruning.Rate, pruning.OutputLanes!.Value, leastChannels);
        double rate = KeptCounts.Rate(dense, kept);
        string reached = string.Create(CultureInfo.InvariantCulture, $"{string.Join('/', kept)} reaches {rate:F2}x");
        if (pruning.Kept is null)
        {
            rule(rate >= pruning.Rate, "pruning.rate", pruning.Rate, $"must be reachable: even {reached}", "Ask for a lower rate, fewer output lanes or a wider network");
        }
        else
        {
            rule(rate >= pruning.Rate, "pruning.kept", reached, string.Create(CultureInfo.InvariantCulture, $"must reach pruning.rate = {pruning.Rate}x"), "Keep fewer channels or ask for a lower rate");
        }
    }
}
