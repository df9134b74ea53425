namespace BcnnSim.Design;

/// <summary>What one component takes of the fabric.</summary>
/// <param name="Component">Name of the block.</param>
/// <param name="Count">Estimated primitives.</param>
/// <param name="Formula">How it was counted, with the figures of this design.</param>
public sealed record ComponentResources(string Component, ResourceCount Count, string Formula);
