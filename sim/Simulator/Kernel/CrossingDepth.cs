namespace BcnnSim.Kernel;

/// <summary>Depth that a <see cref="CrossingChannel{T}"/> needs to pass a beat per cycle of the slower clock.</summary>
public static class CrossingDepth
{
    /// <summary>
    /// A slot is taken from its push until its space is seen again. Counted in cycles of the slower clock, and at worst over their
    /// phases, that is the stages of that clock's own side plus the whole cycles in the other side's stages.
    /// One beat less than this and a full-rate stream stalls.
    /// </summary>
    /// <param name="sourceKilohertz">Clock of the producer.</param>
    /// <param name="destinationKilohertz">Clock of the consumer.</param>
    /// <param name="forwardEdges">k: destination edges until a beat is visible.</param>
    /// <param name="backwardEdges">m: source edges until space is visible.</param>
    public static long ForFullRate(long sourceKilohertz, long destinationKilohertz, int forwardEdges, int backwardEdges) =>
        destinationKilohertz <= sourceKilohertz
            ? forwardEdges + (backwardEdges * destinationKilohertz / sourceKilohertz)
            : backwardEdges + (forwardEdges * sourceKilohertz / destinationKilohertz);
}
