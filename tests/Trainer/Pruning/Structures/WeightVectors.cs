using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Tests.Pruning.Structures;

/// <summary>Weights and problems to test with.</summary>
internal static class WeightVectors
{
    /// <summary>Uniform in [-1, 1).</summary>
    public static WeightVector Random(int seed, int parts, params int[] lengths)
    {
        var stream = new SeededStream((ulong)seed, "weights");
        return new([.. lengths.Select(length => Enumerable.Range(0, parts).Select(_ => Enumerable.Range(0, length).Select(_ => (float)((2 * stream.NextDouble()) - 1)).ToArray()).ToArray())]);
    }

    /// <summary>One set per layer of single weights.</summary>
    public static PruningProblem Unstructured(WeightVector weights, params int[] kept) => new(
        [.. weights.Layers.Select((parts, i) => new GroupSet($"conv{i + 1}", parts[0].Length, [new(i, [.. Enumerable.Range(0, parts[0].Length)])]))], kept);

    public static float[] Flat(WeightVector vector) => [.. vector.Layers.SelectMany(parts => parts.SelectMany(part => part))];
}
