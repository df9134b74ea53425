namespace BcnnSim.Networks;

/// <summary>What the nodes read so far leave to those behind them: map shapes, values, and who reads whom.</summary>
internal sealed class GraphNodes(ViolationList violations)
{
    private readonly Dictionary<string, (MapShape? Shape, OutputKind Output)> produced = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> unread = new(StringComparer.Ordinal);

    /// <summary>A node was refused before its name was certain: a name that is not found proves nothing then.</summary>
    public bool Incomplete { get; set; }

    /// <summary>The frame.</summary>
    public void AddInput(MapShape? shape) => produced[Network.InputName] = (shape, OutputKind.Bits);

    /// <summary>A convolution at <paramref name="place"/>; its shape is null where it could not be derived.</summary>
    public void Add(string name, string place, MapShape? shape, OutputKind output)
    {
        if (produced.TryAdd(name, (shape, output)))
        {
            unread[name] = place;
        }
    }

    /// <summary>Map of the node that <paramref name="name"/> reads; null, reported unless it follows from an earlier refusal, when there is none.</summary>
    public MapShape? Source(string name, string place)
    {
        unread.Remove(name);
        if (produced.TryGetValue(name, out (MapShape? Shape, OutputKind Output) node))
        {
            return node.Shape;
        }

        if (!Incomplete)
        {
            violations.Add($"{place}.input", name, "must name input or a convolution before this node", "Name an earlier node: their order is the order of execution");
        }

        return null;
    }

    /// <summary>The values that are added to a convolution's own must exist and have its shape.</summary>
    public void CheckResidual(string residual, MapShape? own, string place)
    {
        unread.Remove(residual);
        if (!produced.TryGetValue(residual, out (MapShape? Shape, OutputKind Output) node))
        {
            if (!Incomplete)
            {
                violations.Add($"{place}.residual", residual, "must name a convolution before this node", "Name an earlier node with output values");
            }
        }
        else if (node.Output != OutputKind.Values)
        {
            violations.Add($"{place}.residual", residual, "only values can be added: the node has bits", "Give that node output values");
        }
        else if (own is { } shape && node.Shape is { } other && shape != other)
        {
            violations.Add($"{place}.residual", residual, $"its map {other} must equal the map {shape} it is added to", "Add a 1x1 convolution with this stride and these channels as shortcut");
        }
    }

    /// <summary>Values a classifier asks for must be there.</summary>
    public void CheckFeatures(ClassifierText head, string place)
    {
        if (head.ReadsValues && produced.TryGetValue(head.Source, out (MapShape? Shape, OutputKind Output) node) && node.Output != OutputKind.Values)
        {
            violations.Add($"{place}.features", "values", $"node {head.Source} has bits, not values", "Set features to bits or give that node output values");
        }
    }

    /// <summary>Every result but that of the last node is read by a later one.</summary>
    public void CheckUnread(string last)
    {
        foreach ((string name, string place) in unread.OrderBy(n => n.Value, StringComparer.Ordinal))
        {
            if (name != last && !Incomplete)
            {
                violations.Add(place, name, "a result that no later node reads", "Remove the node or name it as an input or residual");
            }
        }
    }
}
