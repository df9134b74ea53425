namespace BcnnSim.Trainer.Data;

/// <summary>Shuffles each class and interleaves the classes in proportion, so that the first n of the order are stratified for every n.</summary>
internal static class StratifiedOrder
{
    /// <param name="classes">Members of each class; shuffled in place.</param>
    /// <param name="random">Stream of a class.</param>
    public static int[] Of(IReadOnlyList<int[]> classes, Func<int, BurstRandom> random)
    {
        var ranked = new List<(double Place, int Class, int Index)>();
        for (int k = 0; k < classes.Count; k++)
        {
            int[] members = classes[k];
            Shuffle(members, random(k));
            ranked.AddRange(members.Select((index, rank) => ((rank + 0.5) / members.Length, k, index)));
        }

        return [.. ranked.OrderBy(r => r.Place).ThenBy(r => r.Class).Select(r => r.Index)];
    }

    public static void Shuffle(int[] values, BurstRandom random)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = random.NextIndex(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
