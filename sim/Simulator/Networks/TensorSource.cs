using System.Globalization;

namespace BcnnSim.Networks;

/// <summary>Hands out the tensors of one weights file by name, type and shape, and knows which nobody asked for.</summary>
internal sealed class TensorSource
{
    private readonly Dictionary<string, WeightTensor> tensors = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly ViolationList violations;
    private readonly TensorPattern? pattern;
    private readonly string shapes = "network.json";

    /// <param name="set">Content of the file.</param>
    /// <param name="violations">Takes what is refused.</param>
    /// <param name="shapes">What states the shapes; refusals name it.</param>
    public TensorSource(WeightSet set, ViolationList violations, string shapes = "network.json")
    {
        this.violations = violations;
        this.shapes = shapes;
        foreach (WeightTensor tensor in set.Tensors)
        {
            tensors[tensor.Name] = tensor;
        }
    }

    /// <summary>A source without a file: every tensor asked for is made by a pattern.</summary>
    public TensorSource(TensorPattern pattern, ViolationList violations)
    {
        this.pattern = pattern;
        this.violations = violations;
    }

    /// <summary>Whether the tensors are a pattern: nothing may be concluded from their values.</summary>
    public bool IsPattern => pattern is not null;

    public ViolationList Violations => violations;

    public bool Has(string name) => tensors.ContainsKey(name);

    /// <summary>The tensor, or null with the reason reported.</summary>
    public WeightTensor? Take(string node, string name, TensorType type, params ReadOnlySpan<long> shape)
    {
        taken.Add(name);
        if (pattern is not null)
        {
            return pattern.Make(name, type, shape) ?? RefuseSize(node, name, shape);
        }

        if (!tensors.TryGetValue(name, out WeightTensor? tensor))
        {
            violations.Add(Place(node, name), "absent", $"node {node} needs this tensor as {type} {Text(shape)}", "Export the file again");
            return null;
        }

        if (tensor.Type != type)
        {
            violations.Add(Place(node, name), tensor.Type.ToString(), $"must be {type}", "Export the tensor in this type");
            return null;
        }

        if (shape.SequenceEqual(tensor.Shape.ToArray()))
        {
            return tensor;
        }

        violations.Add(Place(node, name), Text([.. tensor.Shape]), $"must have shape {Text(shape)} as {shapes} states", "Make graph and tensors agree");
        return null;
    }

    /// <summary>A tensor of one dimension of any length, or null with the reason reported.</summary>
    public WeightTensor? TakeList(string node, string name, TensorType type)
    {
        long length = tensors.TryGetValue(name, out WeightTensor? tensor) && tensor.Shape.Count == 1 ? tensor.Shape[0] : 0;
        if (tensor is null || tensor.Shape.Count == 1)
        {
            return Take(node, name, type, length);
        }

        taken.Add(name);
        violations.Add(Place(node, name), Text([.. tensor.Shape]), "must have one dimension", "Export the tensor as a list");
        return null;
    }

    public void Refuse(string node, string name, string value, string rule, string remedy) => violations.Add(Place(node, name), value, rule, remedy);

    /// <summary>Every tensor must belong to the graph; those of nodes in <paramref name="unread"/> (refused earlier) are not judged.</summary>
    public void CloseUnused(IReadOnlyCollection<string> unread)
    {
        foreach (string name in tensors.Keys.Order(StringComparer.Ordinal))
        {
            if (!taken.Contains(name) && !unread.Any(node => name.StartsWith(node + ".", StringComparison.Ordinal)))
            {
                violations.Add($"tensor {name}", Text([.. tensors[name].Shape]), "no node of the graph uses this tensor", "Remove it or correct the node name");
            }
        }
    }

    private WeightTensor? RefuseSize(string node, string name, ReadOnlySpan<long> shape)
    {
        violations.Add(Place(node, name), Text(shape), $"all tensors of a shape take at most {TensorPattern.MaxBytes} bytes", "Reduce channels or kernels");
        return null;
    }

    private static string Place(string node, string tensor) => $"tensor {tensor} (node {node})";

    private static string Text(ReadOnlySpan<long> shape)
    {
        string[] sizes = new string[shape.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = shape[i].ToString(CultureInfo.InvariantCulture);
        }

        return $"[{string.Join(", ", sizes)}]";
    }
}
