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
        int[][] classes = [.. Enumerable.Range(0, set.ClassNames.Count).Select(k => Members(set, k, split))];
        return StratifiedOrder.Of(classes, k => new BurstRandom(seed, "image order", split, k));
    }

    private static int[] Members(ImageSet set, int label, DataSplit split)
    {
        int[] all = [.. Enumerable.Range(0, set.Count).Where(i => set.Labels[i] == label)];
        if (split == DataSplit.Test)
        {
            return all;
        }

        StratifiedOrder.Shuffle(all, new BurstRandom(0, "image split", DataSplit.Train, label));
        int validation = all.Length / ValidationShare;
        return split == DataSplit.Validation ? all[..validation] : all[validation..];
    }
}
