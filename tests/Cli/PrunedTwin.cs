using System.Text.Json.Nodes;
using BcnnSim.Exploration;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;

namespace BcnnSim.Tests.Cli;

/// <summary>A reference network filter-pruned to 20x by uniform scaling, with weights of a fixed pattern, written as if it had been trained.</summary>
internal static class PrunedTwin
{
    /// <param name="dense">"cc-nin" or "cc-resnet18".</param>
    /// <param name="folder">Folder of the network.</param>
    /// <param name="rate">Pruning rate to reach.</param>
    public static Network Write(string dense, string folder, double rate = 20)
    {
        NetworkShape shape = dense == "cc-nin" ? ReferenceShapes.CcNin() : ReferenceShapes.CcResNet18();
        NetworkShape pruned = FilterPrunedShape.Of(shape, rate, 8);
        JsonNode json = JsonNode.Parse(File.ReadAllText(Repository.File("models", "networks", dense, ShapeFile.JsonName)))!;
        for (int i = 0; i < pruned.Layers.Count; i++)
        {
            json["nodes"]![i]!["outputChannels"] = pruned.Layers[i].OutputChannels;
        }

        json["name"] = dense;
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, ShapeFile.JsonName);
        File.WriteAllText(file, json.ToJsonString());
        Network network = ShapeFile.Read(file);
        network = network with { TimingOnly = false, Pruning = new PruningRecord("filter", shape.Weights, network.Pruning.KeptWeights) };
        NetworkFile.Write(network, folder);
        return network;
    }
}
