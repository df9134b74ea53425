namespace BcnnSim.Design;

/// <summary>One number of a timing set and where it comes from.</summary>
/// <param name="Parameter">Key as in a design file: tRc, tRas, ...</param>
/// <param name="Clocks">DRAM clocks.</param>
/// <param name="Source">Publication, board, standard; "memory" where nobody could confirm it.</param>
public sealed record HbmTimingRow(string Parameter, int Clocks, string Source);
