using BcnnSim.Design;
using BcnnSim.Hardware.Traffic;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>A checked `hbm`: of a file nothing can be refused any more, of a pipe its lines.</summary>
/// <param name="Design">Resolved design.</param>
/// <param name="DesignFile">Where it came from, as a report names it.</param>
/// <param name="Overrides">Parameters changed on the command line.</param>
/// <param name="Options">What drives it, defaults included.</param>
/// <param name="Traffic">Ports with their sources.</param>
/// <param name="PortKilohertz">Clock of the ports.</param>
/// <param name="Outputs">Where results go.</param>
/// <param name="Command">Command line that makes the same report.</param>
internal sealed record HbmRequest(
    AcceleratorDesign Design,
    string DesignFile,
    IReadOnlyList<string> Overrides,
    HbmOptions Options,
    IReadOnlyList<PortTraffic> Traffic,
    long PortKilohertz,
    HbmOutputs Outputs,
    string Command) : IDisposable
{
    public void Dispose()
    {
        Outputs.Dispose();
        foreach (PortTraffic port in Traffic)
        {
            (port.Source as IDisposable)?.Dispose();
        }
    }
}
