namespace BcnnSim.Trainer.Data;

/// <summary>A variable that a MATLAB file must hold, with exactly these dimensions.</summary>
public sealed record MatVariable(string Name, IReadOnlyList<int> Dimensions)
{
    /// <summary>Numbers in it.</summary>
    public int Values => Dimensions.Aggregate(1, (product, d) => checked(product * d));
}
