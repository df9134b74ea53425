using BcnnSim.Design;
using BcnnSim.Mapping;

namespace BcnnSim.Cli;

/// <summary>A checked `explain`.</summary>
/// <param name="Program">Plan of the network on the design; null when only the parameters were asked for.</param>
/// <param name="Design">Resolved design.</param>
/// <param name="Parameters">Also list every design parameter.</param>
/// <param name="Json">Destination of the JSON, null for none.</param>
internal sealed record ExplainRequest(AcceleratorProgram? Program, AcceleratorDesign Design, bool Parameters, JsonDestination? Json);
