namespace BcnnSim.Trainer.Comparison;

/// <summary>What training a row showed on validation.</summary>
/// <param name="HardPrune">Accuracy behind the hard prune.</param>
/// <param name="Binarized">Behind the binarization that follows it; null on other routes.</param>
/// <param name="Retrain">Behind every epoch.</param>
/// <param name="Violation">Relative, behind the last pruning epoch; null for baselines.</param>
/// <param name="PruneEpochs">Trained before the hard prune.</param>
/// <param name="Diverged">Training met a number that is not finite; accuracies from there on are those of guessing.</param>
internal sealed record RowOutcome(double HardPrune, double? Binarized, IReadOnlyList<double> Retrain, double? Violation, int PruneEpochs, bool Diverged = false);
