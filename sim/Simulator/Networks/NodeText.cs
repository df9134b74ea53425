using System.Text.Json;

namespace BcnnSim.Networks;

/// <summary>One node of the graph as network.json states it, before shapes are known and tensors are attached.</summary>
internal abstract record NodeText(string Name, string Source)
{
    /// <summary>Reads a node of any kind; null when anything about it is refused. A new kind adds its record and one line here.</summary>
    public static NodeText? Read(StrictObject node)
    {
        int before = node.Violations.Count;
        string kind = node.Text("kind");
        NodeText? result = null;
        switch (kind)
        {
            case ConvolutionText.Kind:
                result = ConvolutionText.ReadMembers(node);
                break;
            case ClassifierText.Kind:
                result = ClassifierText.ReadMembers(node);
                break;
            default:
                node.Refuse("kind", kind, $"must be {ConvolutionText.Kind} or {ClassifierText.Kind}", "Use a kind this version knows");
                break;
        }

        return node.Violations.Count == before ? result : null;
    }

    public abstract void Write(Utf8JsonWriter json);
}
