namespace BcnnSim.Trainer.Data;

/// <summary>The image sets a configuration can name.</summary>
public static class ImageSets
{
    public static IReadOnlyList<string> Names { get; } = [FashionMnist.Name, Cifar10.Name, Svhn.Name];

    /// <summary>Classes of each of them.</summary>
    public const int Classes = 10;

    /// <summary>Host transforms of images.</summary>
    public static IReadOnlyList<string> Transforms { get; } = [Networks.LearnedImaginary.TransformName, ImageFrameSource.ZeroImaginary, ImageFrameSource.Grey];

    /// <summary>The file the part comes from: training and validation share one.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folder">Null = where the set's package puts it.</param>
    /// <param name="split">Part.</param>
    public static ImageSet Read(string name, string? folder, DataSplit split) => name switch
    {
        FashionMnist.Name => FashionMnist.Read(folder ?? FashionMnist.DefaultFolder, split == DataSplit.Test),
        Cifar10.Name when folder is not null => Cifar10.Read(folder, split == DataSplit.Test),
        Svhn.Name when folder is not null => Svhn.Read(folder, split == DataSplit.Test),
        _ => throw new ArgumentException($"no image set {name} without a folder", nameof(name)),
    };
}
