namespace BcnnSim.Cosimulation;

/// <summary>Result of one design.</summary>
/// <param name="Block">Kind of block.</param>
/// <param name="Design">Name of the design within the run.</param>
/// <param name="Seed">Seed of its stimulus.</param>
/// <param name="Cycles">Cycles compared.</param>
/// <param name="Channels">Channels compared in each.</param>
/// <param name="Beats">Beats that came out of the last channel.</param>
/// <param name="Mismatches">Signals that differed in the cycle where the run stopped; 0 if both sides agreed to the end.</param>
/// <param name="Parameters">Parameters of the RTL bench.</param>
public sealed record DesignReport(
    string Block,
    string Design,
    long Seed,
    long Cycles,
    int Channels,
    long Beats,
    int Mismatches,
    IReadOnlyDictionary<string, int> Parameters);
