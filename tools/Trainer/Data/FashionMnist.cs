using System.Security.Cryptography;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// Fashion-MNIST (Xiao, Rasul, Vollgraf, arXiv 1708.07747): 60,000 + 10,000 grey images of 28 x 28, ten balanced classes.
/// Read from the gzip IDX files of the Debian package dataset-fashion-mnist.
/// </summary>
public static class FashionMnist
{
    public const string Name = "fashion-mnist";

    /// <summary>Where the Debian package puts the files.</summary>
    public const string DefaultFolder = "/usr/share/datasets/fashion-mnist";

    private const int Side = 28;
    private const int Training = 60_000;
    private const int Test = 10_000;
    private const string Remedy = "Install the Debian package: apt-get install dataset-fashion-mnist, or give data.folder";

    private static readonly string[] Classes =
        ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle-boot"];

    // First half of SHA-256 over the unpacked values of version 0.0~git20200523.55506a9 of the package: labels that only changed places keep
    // every count, and only this tells them from the published ones.
    private static readonly Content TrainingContent = new("train", Training, "2e487a6c89124f78", "657fbd221bfc9f41");
    private static readonly Content TestContent = new("t10k", Test, "c867c93ff9536059", "3d0e6c6ea990b53b");

    /// <summary>The training or the test file pair.</summary>
    public static ImageSet Read(string folder, bool test)
    {
        Content content = test ? TestContent : TrainingContent;
        string images = Path.Combine(folder, $"{content.Stem}-images-idx3-ubyte.gz"), labels = Path.Combine(folder, $"{content.Stem}-labels-idx1-ubyte.gz");
        byte[] pixels = IdxFile.Read(images, [content.Count, Side, Side], Remedy);
        ImageSet set = new ImageSet(Name, Side, Side, 1, Classes, pixels, IdxFile.Read(labels, [content.Count], Remedy))
            .Checked(labels, ImageSet.Balanced(content.Count, Classes.Length), Remedy);
        Published(images, set.Pixels, content.Images);
        Published(labels, set.Labels, content.Labels);
        return set;
    }

    private static void Published(string path, byte[] values, string expected)
    {
        string found = Convert.ToHexStringLower(SHA256.HashData(values))[..expected.Length];
        if (found != expected)
        {
            throw new InputException(path, "values", $"SHA-256 {found}...", $"must be the published ones, SHA-256 {expected}...: they were changed or changed places", Remedy);
        }
    }

    private sealed record Content(string Stem, int Count, string Images, string Labels);
}
