namespace BcnnSim.Trainer.Data;

/// <summary>
/// CIFAR-10 (Krizhevsky, 2009) in its binary version: data_batch_1.bin ... data_batch_5.bin and test_batch.bin, each 10,000
/// records of one label byte and 3,072 pixels: planes of red, green, blue, 32 x 32, row by row.
/// </summary>
public static class Cifar10
{
    public const string Name = "cifar-10";

    private const int RecordsPerFile = 10_000;
    private const int Planes = 3;
    private const string Remedy = "Unpack cifar-10-binary.tar.gz of www.cs.toronto.edu/~kriz/cifar.html and give its folder as data.folder";

    private static readonly string[] Classes =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>The five training files or the test file.</summary>
    public static ImageSet Read(string folder, bool test) => Read(folder, test, RecordsPerFile);

    /// <summary>Files of another number of records, for tests of the format.</summary>
    internal static ImageSet Read(string folder, bool test, int records)
    {
        string[] files = test ? ["test_batch.bin"] : [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")];
        const int ImageBytes = Planes * ImageFrameSource.Side * ImageFrameSource.Side;
        var pixels = new byte[files.Length * records * ImageBytes];
        var labels = new byte[files.Length * records];
        for (int f = 0; f < files.Length; f++)
        {
            string path = Path.Combine(folder, files[f]);
            byte[] bytes = ExactFile.Read(path, records * (1L + ImageBytes), $"{records} records of {1 + ImageBytes} bytes", Remedy);
            for (int i = 0; i < records; i++)
            {
                int image = (f * records) + i;
                labels[image] = bytes[i * (1 + ImageBytes)];
                if (labels[image] >= Classes.Length)
                {
                    throw new InputException(path, $"label of record {i}", $"{labels[image]}", $"must lie in 0..{Classes.Length - 1}", Remedy);
                }

                bytes.AsSpan((i * (1 + ImageBytes)) + 1, ImageBytes).CopyTo(pixels.AsSpan(image * ImageBytes));
            }
        }

        // Only the five training files together are balanced.
        string place = test ? Path.Combine(folder, files[0]) : Path.Combine(folder, "data_batch_*.bin");
        return new ImageSet(Name, ImageFrameSource.Side, ImageFrameSource.Side, Planes, Classes, pixels, labels).Checked(place, ImageSet.Balanced(labels.Length, Classes.Length), Remedy);
    }
}
