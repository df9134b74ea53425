using BcnnSim.Trainer.Configuration;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Training configurations of a comparison.</summary>
/// <param name="Shared">Data of all contenders; network and dense phase of those without their own.</param>
/// <param name="Own">By label.</param>
public sealed record ComparisonTrainings(TrainerConfiguration Shared, IReadOnlyDictionary<string, TrainerConfiguration> Own)
{
    public TrainerConfiguration Of(string label) => Own.GetValueOrDefault(label, Shared);

    /// <summary>Whose dense network a contender starts from: its label, or null where it is the shared one.</summary>
    public string? Owner(string label) => Own.ContainsKey(label) ? label : null;

    public ComparisonTrainings OnThreads(int threads) =>
        new(Shared with { Threads = threads }, Own.ToDictionary(pair => pair.Key, pair => pair.Value with { Threads = threads }));
}
