namespace BcnnSim.Trainer.Data;

/// <summary>
/// Fixed stratified split of an image set: of every class of the training file a tenth, by a fixed shuffle, is validation,
/// the rest training; the test file is the test part. Within a part the seed shuffles each class, then classes are
/// interleaved in proportion, so that every stated subset is stratified too.
/// </summary>
public static class ImageSplit
{
    private const int ValidationShare = 10;

    /// <summary>Image numbers of a part in order; the first n of them are its subset of n.</summary>
    public static int[] Order(ImageSet set, DataSplit split, ulong seed)
    {
        var ranked = new List<(double Place, int Class, int Index)>();
        for (int k = 0; k < set.ClassNames.Count; k++)
        {
            int[] members = Members(set, k, split);
            Shuffle(members, new BurstRandom(seed, "image order", split, k));
            ranked.AddRange(members.Select((index, rank) => ((rank + 0.5) / members.Length, k, index)));
        }

        return [.. ranked.OrderBy(r => r.Place).ThenBy(r => r.Class).Select(r => r.Index)];
    }

    private static int[] Members(ImageSet set, int label, DataSplit split)
    {
        int[] all = [.. Enumerable.Range(0, set.Count).Where(i => set.Labels[i] == label)];
        if (split == DataSplit.Test)
        {
            return all;
        }

        Shuffle(all, new BurstRandom(0, "image split", DataSplit.Train, label));
        int validation = all.Length / ValidationShare;
        return split == DataSplit.Validation ? all[..validation] : all[validation..];
    }

    private static void Shuffle(int[] values, BurstRandom random)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = random.NextIndex(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
