using BcnnSim.Networks;

namespace BcnnSim.Interchange.Tests;

/// <summary>Scores and classes of a runtime against those of the reference executor.</summary>
internal static class OnnxComparison
{
    /// <summary>The first difference in words, or null: all scores and classes of all frames are equal.</summary>
    public static string? Difference(IReadOnlyList<ReferenceResult> expected, (long[] Scores, long Class)[] actual)
    {
        if (actual.Length != expected.Count)
        {
            return $"{actual.Length} of {expected.Count} frames";
        }

        for (int i = 0; i < actual.Length; i++)
        {
            if (!actual[i].Scores.AsSpan().SequenceEqual(expected[i].Scores))
            {
                return $"frame {i}: scores {string.Join(' ', actual[i].Scores)}, expected {string.Join(' ', expected[i].Scores)}";
            }

            if (actual[i].Class != expected[i].Class)
            {
                return $"frame {i}: class {actual[i].Class}, expected {expected[i].Class}";
            }
        }

        return null;
    }

    /// <summary>Results of the reference executor.</summary>
    public static IReadOnlyList<ReferenceResult> Reference(Network network, IReadOnlyList<Frame> frames)
    {
        ReferenceExecutor executor = new(network);
        return [.. frames.Select(f => executor.Run(f))];
    }
}
