namespace BcnnSim.Networks;

/// <summary>
/// A network on disk: FOLDER/network.json (graph, schema bcnnsim.network/1) and FOLDER/weights.safetensors (packed tensors).
/// Reading is strict and refuses everything at once; it executes nothing and allocates no more than the two files justify.
/// </summary>
public static class NetworkFile
{
    /// <summary>File name of the graph.</summary>
    public const string JsonName = "network.json";

    /// <summary>File name of the tensors.</summary>
    public const string WeightsName = "weights.safetensors";

    /// <exception cref="InputException">Every broken rule: file, node, value, rule, remedy.</exception>
    public static Network Read(string folder)
    {
        ViolationList jsonViolations = new(Path.Combine(folder, JsonName));
        ViolationList weightViolations = new(Path.Combine(folder, WeightsName));
        byte[]? json = InputFile.ReadAll(jsonViolations.Source, NetworkLimits.JsonBytes, jsonViolations);
        byte[]? weights = InputFile.ReadAll(weightViolations.Source, NetworkLimits.WeightBytes, weightViolations);
        return Parse(json, weights, jsonViolations, weightViolations);
    }

    /// <summary>Writes both files, weights first; refuses a network that <see cref="Read"/> would refuse.</summary>
    public static void Write(Network network, string folder)
    {
        ViolationList jsonViolations = new(Path.Combine(folder, JsonName));
        ViolationList weightViolations = new(Path.Combine(folder, WeightsName));
        NetworkWriter.CheckArrays(network, weightViolations);
        ViolationList.ThrowIfAny(weightViolations);
        byte[] weights = WeightFile.Encode(NetworkWriter.Tensors(network));
        byte[] json = NetworkWriter.Text(network, weights).Encode();
        Network back = Parse(json, weights, jsonViolations, weightViolations);
        NetworkWriter.CheckShapes(network, back, jsonViolations);
        ViolationList.ThrowIfAny(jsonViolations);
        OutputFile.Write(weightViolations.Source, stream => stream.Write(weights));
        OutputFile.Write(jsonViolations.Source, stream => stream.Write(json));
    }

    internal static Network Parse(byte[]? json, byte[]? weights, ViolationList jsonViolations, ViolationList weightViolations)
    {
        NetworkText? text = json is null ? null : NetworkText.Parse(json, jsonViolations);
        WeightSet? set = weights is null ? null : WeightFile.Parse(weights, weightViolations);
        Network? network = null;
        if (text is not null)
        {
            if (set is not null && set.Sha256 != text.WeightsSha256)
            {
                jsonViolations.Add("network.weightsSha256", text.WeightsSha256, $"the tensors hash to {set.Sha256}", "The two files do not belong together: export both again");
            }

            network = new NetworkReader(text, set is null ? null : new TensorSource(set, weightViolations), jsonViolations).Build();
        }

        ViolationList.ThrowIfAny(jsonViolations, weightViolations);
        return network!;
    }
}
