using System.Security.Cryptography;

namespace BcnnSim.Trainer.Data;

/// <summary>Labelled 8-bit images of one shape in file order, layout [channel][y][x] each, one after the other.</summary>
/// <param name="Name">Of the set, as in a configuration.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1 grey, 3 colour.</param>
/// <param name="ClassNames">In label order.</param>
/// <param name="Pixels">All images.</param>
/// <param name="Labels">One per image.</param>
public sealed record ImageSet(string Name, int Height, int Width, int Channels, IReadOnlyList<string> ClassNames, byte[] Pixels, byte[] Labels)
{
    public int Count => Labels.Length;

    private int ImageBytes => Height * Width * Channels;

    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * ImageBytes, ImageBytes);

    /// <summary>Hash of pixels and labels: ties a checkpoint to the data it was trained on.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Pixels);
        hash.AppendData(Labels);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>Refuses labels that are no class and classes of another size.</summary>
    /// <param name="path">File of the labels.</param>
    /// <param name="perClass">Images of each class in label order.</param>
    /// <param name="remedy">How to get the right file.</param>
    public ImageSet Checked(string path, IReadOnlyList<int> perClass, string remedy)
    {
        var counts = new int[ClassNames.Count];
        for (int i = 0; i < Count; i++)
        {
            if (Labels[i] >= counts.Length)
            {
                throw new InputException(path, $"label {i}", $"{Labels[i]}", $"must lie in 0..{counts.Length - 1}", remedy);
            }

            counts[Labels[i]]++;
        }

        int wrong = Enumerable.Range(0, counts.Length).FirstOrDefault(k => counts[k] != perClass[k], -1);
        return wrong < 0
            ? this
            : throw new InputException(path, $"class {wrong} ({ClassNames[wrong]})", $"{counts[wrong]} images", $"must have {perClass[wrong]} images: labels were changed", remedy);
    }

    /// <summary>Images of each class of a balanced set.</summary>
    public static IReadOnlyList<int> Balanced(int images, int classes) => [.. Enumerable.Repeat(images / classes, classes)];
}
