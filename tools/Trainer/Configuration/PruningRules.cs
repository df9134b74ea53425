using BcnnSim.Networks;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Which keys of pruning.* go together. Ranges of the method's numbers stand in <see cref="MethodRules"/>.</summary>
internal static class PruningRules
{
    /// <summary>network.json holds no wider blocks.</summary>
    public const int WidestBlock = 64;

    public static void Check(PruningSettings p, RuleCheck rule)
    {
        MethodRules.Check(p.MethodSettings(), "pruning", rule);
        rule(p.Rate is >= 1 and <= 10_000, "pruning.rate", p.Rate, "must lie in 1..10000", "20 is the paper's rate");
        rule(p.OutputLanes is >= 1 and <= 1024, "pruning.outputLanes", p.OutputLanes, "must lie in 1..1024", "Give Po of the design, or null and the file in pruning.design", "pruning.design");
        rule(p.Structure == PruningStructure.Filter || p.Allocation != AllocationKind.Lanes, "pruning.allocation", "lanes", $"must be uniform, norm or layers for structure {Name(p)}: lanes count filters", "Add \"allocation\": \"uniform\"", "pruning.structure");
        bool counts = p.Structure == PruningStructure.Filter && p.Allocation == AllocationKind.Lanes;
        rule(p.Kept is null || counts, "pruning.kept", "a list", "must be null but for filters allocated in lanes", "Write null: the allocation chooses", "pruning.structure", "pruning.allocation");
        bool byLayer = p.Allocation == AllocationKind.Layers;
        rule(byLayer == p.LayerRates is not null, "pruning.layerRates", p.LayerRates is null ? null : "a list", byLayer ? "must be given with allocation layers" : "must be left out unless allocation is layers", byLayer ? "Give one rate, or null, per layer" : "Remove the key", "pruning.allocation");
        CheckBlock(p, rule);
        rule(p.Binarization != BinarizationRoute.Gated || p.Phase is { Epochs: > 0 }, "pruning.binarization", "gated", "needs pruning.phase with at least one epoch, in which groups fade", "Add a phase, or take after", "pruning.phase");
        bool trains = p.Method != MethodRules.Magnitude && MethodRules.Names.Contains(p.Method);
        rule(!trains || p.Phase is { Epochs: > 0 }, "pruning.phase", p.Phase is null ? null : "0 epochs", $"must be given with at least one epoch: {p.Method} trains towards its target", "Add \"phase\": { \"epochs\": ..., ... }", "pruning.method", "pruning.phase.epochs");
    }

    /// <summary>Signs hide magnitudes from the loss, so their pruning needs a route; rounded weights may be pruned as they are.</summary>
    public static bool RouteFits(BinarizationRoute route, TrainerConfiguration network) => route switch
    {
        _ when !network.HasLowWeights => route == BinarizationRoute.None,
        _ when network.WeightBits is null => route != BinarizationRoute.None,
        _ => route is BinarizationRoute.None or BinarizationRoute.After,
    };

    /// <summary>What <see cref="RouteFits"/> asks for.</summary>
    public const string RoutesByWeights = "must be none for float weights, after, gated or signs for binary ones, none or after for rounded ones";

    /// <summary>Gates of whole channels act on bits, which an add of values carries the channel around.</summary>
    public static bool GatesFit(PruningStructure structure, BinarizationRoute? route, TrainerConfiguration network) =>
        route != BinarizationRoute.Gated || structure is not (PruningStructure.Filter or PruningStructure.Channel) || network.Layers.All(layer => layer.Output == OutputKind.Bits);

    private static void CheckBlock(PruningSettings p, RuleCheck rule)
    {
        bool blocks = p.Structure == PruningStructure.Block;
        rule(blocks == p.Block is not null, "pruning.block", p.Block is null ? null : "a list", blocks ? "must be [Po, Pi] of the design for structure block" : $"must be left out for structure {Name(p)}", blocks ? "Add \"block\": [8, 32], or name the design" : "Remove the key", "pruning.structure");
        if (p.Block is not { } block)
        {
            return;
        }

        rule(block.Count == 2, "pruning.block", $"{block.Count} numbers", "must be two numbers [Po, Pi]", "Give both lanes");
        for (int i = 0; i < Math.Min(2, block.Count); i++)
        {
            rule(block[i] is >= 1 and <= WidestBlock, $"pruning.block[{i}]", block[i], $"must lie in 1..{WidestBlock}", "Give the lanes of the design");
        }
    }

    private static string Name(PruningSettings p) => new PruningForm(p.Structure).Name;
}
