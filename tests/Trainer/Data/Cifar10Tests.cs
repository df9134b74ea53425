using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

/// <summary>On files made in the published format; the real ones cannot be fetched here.</summary>
public sealed class Cifar10Tests : IDisposable
{
    private const int Seed = 89;
    private const int Records = 20;
    private readonly string folder = Directory.CreateTempSubdirectory("bcnntrain-cifar").FullName;

    [Fact]
    public void Five_training_files_are_read_in_order_planes_and_labels_in_place()
    {
        byte[][] files = [.. Enumerable.Range(1, 5).Select(i => Put($"data_batch_{i}.bin", i))];
        ImageSet set = Cifar10.Read(folder, test: false, Records);
        Assert.Equal((100, 32, 32, 3), (set.Count, set.Height, set.Width, set.Channels));
        for (int i = 0; i < 100; i++)
        {
            ReadOnlySpan<byte> record = files[i / Records].AsSpan(i % Records * 3073, 3073);
            Assert.Equal(record[0], set.Labels[i]);
            Assert.True(record[1..].SequenceEqual(set.Image(i)), $"image {i}");
        }
    }

    [Fact]
    public void Colour_images_become_frames_channel_by_channel()
    {
        byte[] file = Put("test_batch.bin", 6);
        var source = new ImageFrameSource(Cifar10.Read(folder, test: true, Records), DataSplit.Test, Records, 1, ImageFrameSource.ZeroImaginary, 8);
        byte[] re = new byte[3072], im = new byte[3072];
        source.FillIntegers(4, re, im);
        Assert.Contains(Enumerable.Range(0, Records), i => file.AsSpan((i * 3073) + 1, 3072).SequenceEqual(re) && file[i * 3073] == source.Label(4));
    }

    [Fact]
    public void The_published_size_is_asked_for()
    {
        _ = Put("test_batch.bin", 1);
        Violation violation = Refused(() => Cifar10.Read(folder, test: true));
        Assert.Equal(("length", "61460 bytes"), (violation.Place, violation.Value));
        Assert.Contains("30730000", violation.Rule, StringComparison.Ordinal);
        Assert.Contains("cifar-10-binary.tar.gz", violation.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_among_the_five_is_named()
    {
        _ = Put("data_batch_1.bin", 1);
        Violation violation = Refused(() => Cifar10.Read(folder, test: false, Records));
        Assert.Equal((Path.Combine(folder, "data_batch_2.bin"), "missing"), (violation.Source, violation.Value));
    }

    [Fact]
    public void A_cut_or_longer_file_is_refused_at_any_length()
    {
        byte[] whole = Put("test_batch.bin", 1);
        var random = new Random(Seed);
        for (int round = 0; round < 200; round++)
        {
            int length = random.Next(2 * whole.Length);
            File.WriteAllBytes(Path.Combine(folder, "test_batch.bin"), [.. whole[..Math.Min(length, whole.Length)], .. new byte[Math.Max(0, length - whole.Length)]]);
            if (length != whole.Length)
            {
                Assert.Equal("length", Refused(() => Cifar10.Read(folder, test: true, Records)).Place);
            }
        }
    }

    [Theory]
    [InlineData(10, "label of record 3")]
    [InlineData(255, "label of record 3")]
    [InlineData(4, "class 3 (cat)")]
    public void Changed_labels_are_refused_with_record_or_class(byte label, string place)
    {
        byte[] file = Put("test_batch.bin", 1);
        file[3 * 3073] = label; // record 3 is a cat
        File.WriteAllBytes(Path.Combine(folder, "test_batch.bin"), file);
        Assert.Equal(place, Refused(() => Cifar10.Read(folder, test: true, Records)).Place);
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused_with_its_own_file_and_record()
    {
        byte[][] files = [.. Enumerable.Range(1, 5).Select(i => Put($"data_batch_{i}.bin", i))];
        files[2][7 * 3073] = 10;
        string path = Path.Combine(folder, "data_batch_3.bin");
        File.WriteAllBytes(path, files[2]);
        Violation violation = Refused(() => Cifar10.Read(folder, test: false, Records));
        Assert.Equal((path, "label of record 7", "10"), (violation.Source, violation.Place, violation.Value));
    }

    [Fact]
    public void Every_random_file_of_the_right_length_draws_only_an_input_exception()
    {
        var random = new Random(Seed);
        for (int round = 0; round < 100; round++)
        {
            var bytes = new byte[Records * 3073];
            random.NextBytes(bytes);
            File.WriteAllBytes(Path.Combine(folder, "test_batch.bin"), bytes);
            Exception? failure = Record.Exception(() => Cifar10.Read(folder, test: true, Records));
            Assert.True(failure is InputException, $"seed {Seed}, round {round}: {failure}");
        }
    }

    public void Dispose() => Directory.Delete(folder, true);

    private static Violation Refused(Func<ImageSet> read) => Assert.Single(Assert.Throws<InputException>(read).Violations);

    // Balanced labels 0..9, 0..9; random pixels.
    private byte[] Put(string name, int seed)
    {
        var bytes = new byte[Records * 3073];
        new Random(seed).NextBytes(bytes);
        for (int i = 0; i < Records; i++)
        {
            bytes[i * 3073] = (byte)(i % 10);
        }

        File.WriteAllBytes(Path.Combine(folder, name), bytes);
        return bytes;
    }
}
