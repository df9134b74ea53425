using BcnnSim.Interchange.Format;
using BcnnSim.Networks;
using Google.Protobuf;

namespace BcnnSim.Interchange;

/// <summary>
/// Writes a network as an ONNX model (IR version 8, operator set 17, standard operators only) that any ONNX runtime can run and that gives the
/// scores and classes of <see cref="ReferenceExecutor"/> exactly. Inputs `re` and `im`, float32 [batch, C, H, W], hold v = 2u - (2^P - 1) of a
/// frame's components u; outputs are `scores`, int64 [batch, K], and `class`, int64 [batch]. The same network gives the same bytes.
/// </summary>
public static class OnnxFile
{
    /// <summary>File extension, with the dot.</summary>
    public const string Extension = ".onnx";

    /// <summary>Writes the model; returns how many nodes it has.</summary>
    /// <exception cref="InputException">Every broken rule of <see cref="OnnxRules"/>.</exception>
    public static int Write(Network network, Stream stream)
    {
        IReadOnlyList<Violation> violations = OnnxRules.Check(network);
        if (violations.Count > 0)
        {
            throw new InputException(violations);
        }

        ModelProto model = OnnxModel.Of(network);
        model.WriteTo(stream);
        return model.Graph.Node.Count;
    }
}
