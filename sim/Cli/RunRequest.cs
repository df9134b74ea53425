using BcnnSim.Design;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>A checked `run`: nothing in it can be refused any more.</summary>
/// <param name="Design">Resolved design.</param>
/// <param name="DesignFile">Where it came from, as a report names it.</param>
/// <param name="Overrides">Parameters changed on the command line.</param>
/// <param name="Networks">In the order they run.</param>
/// <param name="Claims">Committed claims, whatever network they are about.</param>
/// <param name="Check">Compare with the reference executor.</param>
/// <param name="Classes">Print and report every frame.</param>
/// <param name="Json">Destination of the report, null for none.</param>
/// <param name="Command">Command line that makes the same report.</param>
internal sealed record RunRequest(
    AcceleratorDesign Design,
    string DesignFile,
    IReadOnlyList<string> Overrides,
    IReadOnlyList<NetworkRequest> Networks,
    IReadOnlyList<Claim> Claims,
    bool Check,
    bool Classes,
    JsonDestination? Json,
    string Command);
