using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Import;

/// <summary>Reads a safetensors file of <see cref="ImportLayout"/> into a network, or refuses all that is wrong with it.</summary>
internal static class ImportFile
{
    /// <summary>Sets every weight, norm, statistic and the head, which has no norm; the hash of the file.</summary>
    public static string Read(string path, ComplexNet<float> net)
    {
        WeightSet set = WeightFile.Read(path);
        var violations = new ViolationList(path);
        var source = new TensorSource(set, violations, "the configuration");
        foreach (ImportTensor tensor in ImportLayout.Of(net))
        {
            Read(source, tensor);
        }

        source.CloseUnused([]);
        ViolationList.ThrowIfAny(violations);
        net.Head.BypassNorm();
        net.Refresh();
        return set.Sha256;
    }

    private static void Read(TensorSource source, ImportTensor tensor)
    {
        if (source.Take(tensor.Node, tensor.Name, TensorType.F32, tensor.Shape)?.ToSingle() is not { } values)
        {
            return;
        }

        int wrong = tensor.FirstWrong(values);
        if (wrong < 0)
        {
            tensor.Put(values);
            return;
        }

        string range = tensor.IsVariance ? "0" : $"-{ImportTensor.Largest:0e0}";
        source.Refuse(
            tensor.Node, tensor.Name, string.Create(CultureInfo.InvariantCulture, $"element {wrong} = {values[wrong]}"),
            string.Create(CultureInfo.InvariantCulture, $"must be a number in {range}..{ImportTensor.Largest:0e0}"), "Train again or write the file again");
    }
}
