using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Pruning.Structures;

/// <summary>Filter and channel pruning per layer: for every layer the indices of the output channels that stay, rising.</summary>
public static class KeptChannels
{
    /// <summary>The filters of largest ||Re||^2 + ||Im||^2; exactly <paramref name="counts"/>[i] in layer i, the same in layers that are added.</summary>
    public static IReadOnlyList<int[]> Largest(INetwork net, IReadOnlyList<int> counts)
    {
        int[] ties = net.Shape.Ties();
        IReadOnlyList<GroupSet> sets = Grouping.Of(net.Shape, PruningStructure.Filter);
        var problem = new PruningProblem(sets, [.. ties.Distinct().Order().Select(first => counts[first])]);
        return Of(net.Shape, sets, problem.Largest(WeightVector.Of(net)));
    }

    /// <summary>The choice of sets of filters or channels, by layer; layers that no set speaks of keep everything.</summary>
    public static IReadOnlyList<int[]> Of(NetShape shape, IReadOnlyList<GroupSet> sets, IReadOnlyList<int[]> kept)
    {
        int[] ties = shape.Ties();
        var byName = sets.Zip(kept).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return [.. ties.Select((first, i) => byName.TryGetValue(Grouping.Name(first), out int[]? stay) ? stay : [.. Enumerable.Range(0, shape.Layers[i].OutputChannels)])];
    }
}
