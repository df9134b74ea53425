namespace BcnnSim.Trainer.Pruning.Structures;

/// <summary>What a network was pruned in.</summary>
/// <param name="Structure">What goes as one.</param>
/// <param name="Block">Po and Pi of the design, for blocks; null for every other structure.</param>
public sealed record PruningForm(PruningStructure Structure, (int Output, int Input)? Block = null)
{
    /// <summary>Whole channels leave the shapes; every other structure stays in them, behind gates of 0.</summary>
    public bool LeavesShapes => Structure is PruningStructure.Filter or PruningStructure.Channel;

    /// <summary>As it stands in network.json.</summary>
    public string Name => Structure.ToString().ToLowerInvariant();
}
