using System.IO.Compression;
using BcnnSim.Networks;
using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

/// <summary>On the files of the Debian package, which tools/test.sh installs.</summary>
public class FashionMnistTests
{
    private static readonly Lazy<ImageSet> Training = new(() => FashionMnist.Read(FashionMnist.DefaultFolder, test: false));

    [Fact]
    public void The_packaged_files_hold_what_the_publication_says()
    {
        Assert.Equal(60_000, Training.Value.Count);
        Assert.Equal([9, 0, 0, 3, 0, 2, 7, 2, 5, 5], Training.Value.Labels[..10]);
        ImageSet test = FashionMnist.Read(FashionMnist.DefaultFolder, test: true);
        Assert.Equal(10_000, test.Count);
        Assert.Equal([9, 2, 1, 1, 6, 1, 4, 6, 5, 7], test.Labels[..10]);
        double mean = Training.Value.Pixels.Average(p => (double)p) / 255;
        Assert.Equal(0.2860, mean, 0.0001); // the figure in common use for its normalisation
    }

    [Fact]
    public void The_split_is_disjoint_stratified_and_the_same_for_every_seed()
    {
        int[] train = ImageSplit.Order(Training.Value, DataSplit.Train, 1), validation = ImageSplit.Order(Training.Value, DataSplit.Validation, 1);
        Assert.Equal((54_000, 6_000), (train.Length, validation.Length));
        Assert.Equal(60_000, train.Concat(validation).Distinct().Count());
        Assert.All(validation.CountBy(i => Training.Value.Labels[i]), pair => Assert.Equal(600, pair.Value));
        int[] other = ImageSplit.Order(Training.Value, DataSplit.Validation, 2);
        Assert.NotEqual(validation, other);
        Assert.Equal(validation.Order(), other.Order());
    }

    [Fact]
    public void Every_subset_of_whole_rounds_has_the_same_number_of_each_class()
    {
        int[] train = ImageSplit.Order(Training.Value, DataSplit.Train, 3);
        foreach (int count in new[] { 10, 2_000, 12_000 })
        {
            Assert.All(train[..count].CountBy(i => Training.Value.Labels[i]), pair => Assert.Equal(count / 10, pair.Value));
        }
    }

    [Fact]
    public void A_frame_is_the_image_in_a_border_of_pixel_0_copied_to_three_channels()
    {
        var source = new ImageFrameSource(Training.Value, DataSplit.Train, 100, 1, ImageFrameSource.ZeroImaginary, 5);
        ReadOnlySpan<byte> image = Training.Value.Image(ImageSplit.Order(Training.Value, DataSplit.Train, 1)[7]);
        byte[] re = new byte[3 * 1024], im = new byte[3 * 1024];
        source.FillIntegers(7, re, im);
        for (int i = 0; i < re.Length; i++)
        {
            (int y, int x) = ((i / 32 % 32) - 2, (i % 32) - 2);
            bool inside = y is >= 0 and < 28 && x is >= 0 and < 28;
            Assert.Equal(inside ? image[(28 * y) + x] >> 3 : 0, re[i]);
        }

        Assert.All(im, u => Assert.Equal(16, u)); // v = +1, next to 0 on a grid of odd numbers
        Assert.Equal(new FrameShape(32, 32, 3, 5), new FrameShape(source.Height, source.Width, source.Channels, source.InputBits));
    }

    [Fact]
    public void More_images_than_a_part_has_and_a_missing_folder_are_refused_with_the_package_to_install()
    {
        InputException many = Assert.Throws<InputException>(() => new ImageFrameSource(Training.Value, DataSplit.Validation, 6_001, 1, ImageFrameSource.ZeroImaginary, 8));
        Assert.Equal("data.validation", many.Violations[0].Place);
        InputException missing = Assert.Throws<InputException>(() => FashionMnist.Read("/nowhere", test: true));
        Assert.Contains("apt-get install dataset-fashion-mnist", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, "label 17")]
    [InlineData(3, "class 0 (t-shirt)")]
    [InlineData(0, "values")]
    public void Changed_labels_are_refused_with_image_or_class_and_swapped_ones_by_their_hash(byte label, string place)
    {
        ImageSet test = FashionMnist.Read(FashionMnist.DefaultFolder, test: true);
        byte[] labels = [.. test.Labels];
        int shirt = Array.IndexOf(labels, (byte)0), dress = Array.IndexOf(labels, (byte)3);
        labels[shirt] = 3;
        labels[dress] = label == 0 ? (byte)0 : labels[dress];
        labels[17] = label == 10 ? label : labels[17];
        string folder = Directory.CreateTempSubdirectory("bcnntrain-fm").FullName;
        File.Copy(Path.Combine(FashionMnist.DefaultFolder, "t10k-images-idx3-ubyte.gz"), Path.Combine(folder, "t10k-images-idx3-ubyte.gz"));
        using (var zip = new GZipStream(File.Create(Path.Combine(folder, "t10k-labels-idx1-ubyte.gz")), CompressionLevel.Fastest))
        {
            zip.Write([0, 0, 8, 1, 0, 0, 0x27, 0x10, .. labels]);
        }

        InputException refused = Assert.Throws<InputException>(() => FashionMnist.Read(folder, test: true));
        Directory.Delete(folder, true);
        Assert.Equal(place, Assert.Single(refused.Violations).Place);
    }
}
