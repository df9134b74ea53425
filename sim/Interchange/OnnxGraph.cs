using BcnnSim.Interchange.Format;
using static BcnnSim.Interchange.Format.TensorProto.Types;

namespace BcnnSim.Interchange;

/// <summary>A graph that grows node by node. Every tensor has one name and one producer; a node comes after what it reads.</summary>
internal sealed class OnnxGraph
{
    private readonly GraphProto graph = new();
    private readonly HashSet<string> shared = new(StringComparer.Ordinal);

    public OnnxGraph(string name) => graph.Name = name;

    /// <summary>The graph so far.</summary>
    public GraphProto Proto => graph;

    /// <summary>Declares an input of the model with a dynamic first dimension "batch"; returns its name.</summary>
    public string Input(string name, string meaning, DataType type, params ReadOnlySpan<long> dimensions)
    {
        graph.Input.Add(Value(name, meaning, type, dimensions));
        return name;
    }

    /// <summary>Declares an output of the model with a dynamic first dimension "batch".</summary>
    public void Output(string name, string meaning, DataType type, params ReadOnlySpan<long> dimensions) =>
        graph.Output.Add(Value(name, meaning, type, dimensions));

    /// <summary>Adds a constant; returns its name.</summary>
    public string Constant(string name, TensorProto tensor)
    {
        tensor.Name = name;
        graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>Adds a constant that several nodes read, the first time it is asked for; returns its name.</summary>
    public string Shared(string name, TensorProto tensor) => shared.Add(name) ? Constant(name, tensor) : name;

    /// <summary>Adds a node with one output and the name of it; returns that name.</summary>
    public string Node(string operation, string output, string[] inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        Node(operation, [output], inputs, attributes);
        return output;
    }

    /// <summary>Adds a node with several outputs, named after the first.</summary>
    public void Node(string operation, string[] outputs, string[] inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        NodeProto node = new() { OpType = operation, Name = outputs[0] };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        graph.Node.Add(node);
    }

    /// <summary>Adds a conversion; returns the name of its output.</summary>
    public string Cast(string output, string input, DataType to) => Node("Cast", output, [input], Attribute("to", (long)to));

    public static AttributeProto Attribute(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Attribute(string name, params ReadOnlySpan<long> values)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values.ToArray());
        return attribute;
    }

    private static ValueInfoProto Value(string name, string meaning, DataType type, ReadOnlySpan<long> dimensions)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "batch" });
        foreach (long dimension in dimensions)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = dimension });
        }

        return new ValueInfoProto { Name = name, DocString = meaning, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = shape } } };
    }
}
