namespace BcnnSim.Trainer.Data;

/// <summary>
/// Training augmentation of images: padding of 4, a random crop back to the size, a horizontal flip with chance one half.
/// Depends on (seed, epoch, index) only.
/// </summary>
public readonly record struct CropAndFlip(ulong Seed, int Epoch)
{
    /// <summary>Pixels of padding on each side.</summary>
    public const int Padding = 4;

    /// <summary>Shift in -4..4 per axis and flip of an image.</summary>
    public (int Down, int Right, bool Flip) Draw(int index)
    {
        var random = new BurstRandom(Seed, $"crop and flip {Epoch}", DataSplit.Train, index);
        return (random.NextIndex((2 * Padding) + 1) - Padding, random.NextIndex((2 * Padding) + 1) - Padding, random.NextIndex(2) == 1);
    }

    /// <summary>Column or row of the original that lands at <paramref name="place"/>; outside of 0..size-1 = padding.</summary>
    public static int Origin(int place, int shift, bool flip, int size) => (flip ? size - 1 - place : place) - shift;
}
