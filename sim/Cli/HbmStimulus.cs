using BcnnSim.Cli.Traces;
using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Cli;

/// <summary>Where the requests of an `hbm` come from: a pattern or a trace.</summary>
/// <param name="Pairing">Ports, and where their requests go.</param>
/// <param name="PseudoChannels">All that may be reached.</param>
/// <param name="Pattern">Null for a trace.</param>
/// <param name="Requests">In all; null where a pipe does not say.</param>
/// <param name="Trace">Null for a pattern.</param>
/// <param name="Switched">Off: requests of a trace go to the port of their pseudo-channel; on: to the ports in turn.</param>
internal sealed record HbmStimulus(
    PortPairing Pairing, IReadOnlyList<int> PseudoChannels, RequestPattern? Pattern, long? Requests, TraceInput? Trace, bool Switched)
{
    /// <summary>Per port: request i of a pattern belongs to port i modulo ports, as a trace is dealt too.</summary>
    public IEnumerable<(int Port, IRequestSource Source, IReadOnlyList<int> PseudoChannels)> Sources()
    {
        int ports = Pairing.Ports.Count;
        for (int i = 0; i < ports; i++)
        {
            (int port, IReadOnlyList<int> pseudoChannels, int first) = Pairing.Ports[i];
            IRequestSource source = Pattern is RequestPattern pattern
                ? new PatternSource(pattern, port, pseudoChannels, first, (Requests!.Value / ports) + (i < Requests.Value % ports ? 1 : 0))
                : Trace!.Source(first, ports, Switched ? null : port);
            yield return (port, source, pseudoChannels);
        }
    }
}
