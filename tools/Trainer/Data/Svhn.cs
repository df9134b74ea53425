namespace BcnnSim.Trainer.Data;

/// <summary>
/// SVHN cropped digits (Netzer et al., 2011): train_32x32.mat (73,257) and test_32x32.mat (26,032), MATLAB version 5 files
/// with X, uint8 [32, 32, 3, N] (row, column, colour, image; first index fastest), and y [N, 1] in 1..10, where 10 is digit 0.
/// </summary>
public static class Svhn
{
    public const string Name = "svhn";

    private const int Planes = 3;
    private const int Digits = 10;
    private const string Remedy = "Get train_32x32.mat and test_32x32.mat (cropped digits) of ufldl.stanford.edu/housenumbers and give their folder as data.folder";

    // Images of digit 0, 1, ... 9: published counts, recalled; not checked against the files, which cannot be fetched here.
    private static readonly int[] Training = [4948, 13_861, 10_585, 8497, 7458, 6882, 5727, 5595, 5045, 4659];
    private static readonly int[] Test = [1744, 5099, 4149, 2882, 2523, 2384, 1977, 2019, 1660, 1595];

    private static readonly string[] Classes = [.. Enumerable.Range(0, Digits).Select(d => $"{d}")];

    /// <summary>The training or the test file; classes are not balanced.</summary>
    public static ImageSet Read(string folder, bool test) => Read(folder, test, test ? Test : Training);

    /// <summary>Files of another number of images of each digit, for tests of the format.</summary>
    internal static ImageSet Read(string folder, bool test, IReadOnlyList<int> perClass)
    {
        const int Side = ImageFrameSource.Side;
        int count = perClass.Sum();
        string path = Path.Combine(folder, test ? "test_32x32.mat" : "train_32x32.mat");
        byte[][] values = MatFile.Read(path, [new("X", [Side, Side, Planes, count]), new("y", [count, 1])], Remedy);
        var pixels = new byte[values[0].Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            // [image][colour][column][row] in the file, [image][colour][row][column] here.
            pixels[(i / (Side * Side) * Side * Side) + (i % Side * Side) + (i / Side % Side)] = values[0][i];
        }

        int wrong = Array.FindIndex(values[1], y => y is < 1 or > Digits);
        return wrong < 0
            ? new ImageSet(Name, Side, Side, Planes, Classes, pixels, Array.ConvertAll(values[1], y => (byte)(y % Digits))).Checked(path, perClass, Remedy)
            : throw new InputException(path, $"y[{wrong}]", $"{values[1][wrong]}", $"must lie in 1..{Digits}", Remedy);
    }
}
