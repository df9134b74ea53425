using BcnnSim.Networks;

namespace BcnnSim.Reporting;

/// <summary>A published or wished-for throughput, with the conditions under which evidence counts.</summary>
/// <param name="Name">Name of the claim.</param>
/// <param name="Source">Who claims it, where.</param>
/// <param name="Network">Name under models/networks that can prove it.</param>
/// <param name="Input">Frame it is about: evidence has the same shape and at least as many bits.</param>
/// <param name="PruningRate">Evidence is pruned at least this much; 1 = any.</param>
/// <param name="Structural">Whether the pruning is structural: unstructured masks are then no evidence.</param>
/// <param name="FramesPerSecond">Claimed rate.</param>
/// <param name="Utilization">Claimed utilization, 0..1; null if none is claimed.</param>
/// <param name="Definition">Definition that decides whether it is reached.</param>
/// <param name="Note">How the figures were read.</param>
public sealed record Claim(
    string Name,
    string Source,
    string Network,
    FrameShape Input,
    double PruningRate,
    bool Structural,
    double FramesPerSecond,
    double? Utilization,
    ClaimDefinition Definition,
    string Note)
{
    /// <summary>Why a network is no evidence for the claim; empty if it is.</summary>
    public IReadOnlyList<Violation> Evidence(Network network)
    {
        List<Violation> found = [];
        void Require(bool holds, string place, string value, string rule, string remedy)
        {
            if (!holds)
            {
                found.Add(new Violation($"claim {Name}", $"network {network.Name}: {place}", value, rule, remedy));
            }
        }

        FrameShape shape = new(network.Input);
        Require(!network.TimingOnly, "weights", "a fixed pattern", "a shape without trained weights is no evidence", "Train the network, or use run for its timing");
        Require((shape.Height, shape.Width, shape.Channels) == (Input.Height, Input.Width, Input.Channels), "input", $"{shape.Height}x{shape.Width}x{shape.Channels}", $"the claim is about frames of {Input.Height}x{Input.Width}x{Input.Channels}", "Use a network for that input");
        Require(shape.InputBits >= Input.InputBits, "inputBits", $"{shape.InputBits}", $"the claim is about at least {Input.InputBits} bits", "Use a network with that many input bits");
        Require(network.Pruning.Rate >= PruningRate, "pruning rate", FormattableString.Invariant($"{network.Pruning.Rate:0.###}"), FormattableString.Invariant($"the claim is about a pruning rate of at least {PruningRate}"), "Prune further");
        Require(!Structural || network.Pruning.Structure != "unstructured", "pruning structure", network.Pruning.Structure, "the claim is about structural pruning", "Prune filters, channels, columns, kernels or blocks");
        return found;
    }
}
