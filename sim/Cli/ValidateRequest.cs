using BcnnSim.Design;
using BcnnSim.Networks;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>A checked `validate`: every claim has evidence that counts.</summary>
/// <param name="Claims">Claims with their evidence.</param>
/// <param name="Design">Named design.</param>
/// <param name="Json">Destination of the JSON, null for none.</param>
internal sealed record ValidateRequest(IReadOnlyList<(Claim Claim, Network Network)> Claims, AcceleratorDesign Design, JsonDestination? Json);
