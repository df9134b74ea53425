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
        ContenderSettings contender = settings.Contender(label);
        bool real = settings.Route(contender) == BinarizationRoute.After, sharedReal = settings.Binarization == BinarizationRoute.After;
        return Own.ContainsKey(label) ? label : real == sharedReal ? null : real ? "real-weights" : "low-weights";
    }

    /// <summary>Of the dense network: weights by value where the route rounds them later.</summary>
    public TrainerConfiguration Dense(ComparisonSettings settings, string label) =>
        settings.Route(settings.Contender(label)) == BinarizationRoute.After ? Of(label).WithRealWeights() : Of(label);

    public ComparisonTrainings OnThreads(int threads) =>
        new(Shared with { Threads = threads }, Own.ToDictionary(pair => pair.Key, pair => pair.Value with { Threads = threads }));
}
