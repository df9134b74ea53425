using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Comparison;

/// <summary>
/// How rows are trained is the program's as well as the configuration's. What changed since rows were first kept has a sentence here, and
/// the rows it concerns carry it: those of before stay what they are, but never stand in one line with new ones.
/// </summary>
internal static class TrainingRules
{
    /// <summary>Null where none concerns the row.</summary>
    public static string? Of(ComparisonSettings settings, ComparisonTrainings trainings, ComparisonKey key)
    {
        ContenderSettings contender = settings.Contender(key.Label);
        bool leaves = settings.Pruning(key).Form().LeavesShapes, binary = trainings.Of(key.Label).Kind == ArithmeticKind.ComplexBinary;
        string[] rules =
        [
            .. Where(contender.Method is not null && key.Structure is PruningStructure.Column or PruningStructure.Channel, "methods act on the layers that are pruned"),
            .. Where(contender.StartsAnew && leaves, "twins start in their own shape"),
            .. Where(contender.StartsAnew && !leaves, "twins start from other weights than the dense network"),
            .. Where(contender.StartsAnew && !leaves && !binary, "twins start as widely as their mask needs"),
            .. Where(contender.Baseline != BaselineKind.Dense && leaves && !binary, "networks of every arithmetic are compacted"),
        ];
        return rules.Length == 0 ? null : string.Join("; ", rules);
    }

    private static IEnumerable<string> Where(bool concerned, string rule) => concerned ? [rule] : [];
}
