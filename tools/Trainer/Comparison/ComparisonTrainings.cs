using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Pruning;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Training configurations of a comparison.</summary>
/// <param name="Shared">Data of all contenders; network and dense phase of those without their own.</param>
/// <param name="Own">By label.</param>
public sealed record ComparisonTrainings(TrainerConfiguration Shared, IReadOnlyDictionary<string, TrainerConfiguration> Own)
{
    public TrainerConfiguration Of(string label) => Own.GetValueOrDefault(label, Shared);

    /// <summary>
    /// Whose dense network a contender starts from: its label, or the route that leaves its weights real or not unlike the comparison's;
    /// null where it is the shared one.
    /// </summary>
    public string? Owner(ComparisonSettings settings, string label)
    {
        bool late = RoundsLate(settings, label), sharedLate = settings.Binarization == BinarizationRoute.After && Shared.HasLowWeights;
        return Own.ContainsKey(label) ? label : late == sharedLate ? null : late ? "real-weights" : "low-weights";
    }

    /// <summary>Of the dense network: weights by value where the route rounds them later.</summary>
    public TrainerConfiguration Dense(ComparisonSettings settings, string label) => RoundsLate(settings, label) ? Of(label).WithRealWeights() : Of(label);

    /// <summary>Whether weights of a few bits are real until the hard prune.</summary>
    public bool RoundsLate(ComparisonSettings settings, string label) =>
        settings.Route(settings.Contender(label)) == BinarizationRoute.After && Of(label).HasLowWeights;

    public ComparisonTrainings OnThreads(int threads) =>
        new(Shared with { Threads = threads }, Own.ToDictionary(pair => pair.Key, pair => pair.Value with { Threads = threads }));
}
