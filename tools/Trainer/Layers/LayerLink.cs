namespace BcnnSim.Trainer.Layers;

/// <summary>How one layer hangs in the graph.</summary>
/// <param name="Source">Layer whose bits it reads; <see cref="Frame"/> = the frame.</param>
/// <param name="Values">The norm's value is kept, not only its sign: it can be added to another one, and the head reads it.</param>
/// <param name="Residual">Layer whose values are added to its own; <see cref="None"/> = none. Only with values.</param>
public readonly record struct LayerLink(int Source, bool Values = false, int Residual = LayerLink.None)
{
    /// <summary>Source of a layer that reads the frame.</summary>
    public const int Frame = -1;

    /// <summary>No residual.</summary>
    public const int None = -1;

    /// <summary>Each layer reads the one before; bits only.</summary>
    public static IReadOnlyList<LayerLink> Chain(int layers) => [.. Enumerable.Range(0, layers).Select(i => new LayerLink(i - 1))];
}
