using System.Globalization;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Comparison;

/// <summary>One row of a comparison.</summary>
/// <param name="Label">Contender.</param>
/// <param name="Structure">What goes as one.</param>
/// <param name="Rate">Asked for.</param>
/// <param name="Seed">Pairs the contenders.</param>
public sealed record ComparisonKey(string Label, PruningStructure Structure, double Rate, ulong Seed)
{
    /// <summary>Folder of the row.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Label}-{Structure}-{Rate}x-s{Seed}").ToLowerInvariant();
}
