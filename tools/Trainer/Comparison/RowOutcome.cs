namespace BcnnSim.Trainer.Comparison;

/// <summary>What training a row showed on validation.</summary>
internal sealed record RowOutcome(double HardPrune, double? Binarized, IReadOnlyList<double> Retrain, double? Violation, bool Diverged = false);
