namespace BcnnSim.Trainer.Data;

/// <summary>A parameter of the generator with the place its number comes from.</summary>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit; "1" if it has none.</param>
/// <param name="Source">A public source, "memory" (recalled, not looked up) or "ours" with the reason.</param>
public sealed record SourcedValue(double Value, string Unit, string Source);
