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

    /// <summary>The training or the test file pair.</summary>
    public static ImageSet Read(string folder, bool test)
    {
        (string stem, int count) = test ? ("t10k", Test) : ("train", Training);
        string labels = Path.Combine(folder, $"{stem}-labels-idx1-ubyte.gz");
        byte[] pixels = IdxFile.Read(Path.Combine(folder, $"{stem}-images-idx3-ubyte.gz"), [count, Side, Side], Remedy);
        return new ImageSet(Name, Side, Side, 1, Classes, pixels, IdxFile.Read(labels, [count], Remedy)).Checked(labels, ImageSet.Balanced(count, Classes.Length), Remedy);
    }
}
