namespace BcnnSim.Cli;

/// <summary>Which port's requests go to which pseudo-channels.</summary>
/// <param name="Rule">In words.</param>
/// <param name="Ports">Ports, each with the pseudo-channels it goes round and the position of its first request among them.</param>
internal sealed record PortPairing(string Rule, IReadOnlyList<(int Port, IReadOnlyList<int> PseudoChannels, int First)> Ports)
{
    public static PortPairing Of(IReadOnlyList<int> ports, IReadOnlyList<int> pseudoChannels)
    {
        bool pairs = ports.Count == pseudoChannels.Count;
        string rule = pairs ? ports.Count == 1 ? $"port {ports[0]} to PC {pseudoChannels[0]}" : $"port to PC one to one: {NumberList.Text(ports)} to {NumberList.Text(pseudoChannels)}"
            : pseudoChannels.Count == 1 ? $"ports {NumberList.Text(ports)} all to PC {pseudoChannels[0]}"
            : ports.Count == 1 ? $"port {ports[0]} round robin over PCs {NumberList.Text(pseudoChannels)}"
            : $"ports {NumberList.Text(ports)} each round robin over all of PCs {NumberList.Text(pseudoChannels)}, each port beginning one further";
        return new(rule, [.. ports.Select((port, i) => pairs ? (port, [pseudoChannels[i]], 0) : (port, pseudoChannels, i % pseudoChannels.Count))]);
    }

    /// <summary>With the switch off a port reaches only its own pseudo-channel: the first pair that breaks this.</summary>
    public (int Port, int PseudoChannel)? Crossed()
    {
        foreach ((int port, IReadOnlyList<int> pseudoChannels, int _) in Ports)
        {
            foreach (int pseudoChannel in pseudoChannels)
            {
                if (pseudoChannel != port)
                {
                    return (port, pseudoChannel);
                }
            }
        }

        return null;
    }
}
