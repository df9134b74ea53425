using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class FrameSetFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bcnntrain-cache-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_stored_set_is_read_back_and_not_made_again()
    {
        IFrameSource source = Source(1);
        var reports = new List<string>();
        FrameSet made = FrameSetFile.ReadOrBuild(folder, source, 2, reports.Add);
        FrameSet read = FrameSetFile.ReadOrBuild(folder, source, 2, reports.Add);
        Assert.Contains("stored", reports[0], StringComparison.Ordinal);
        Assert.Contains("read from", reports[1], StringComparison.Ordinal);
        Assert.Equal(2, reports.Count);
        AssertEqual(made, read);
        Assert.Single(Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData(0, "length")]
    [InlineData(10, "length")]
    [InlineData(-1, "length")]
    public void A_truncated_file_is_refused_and_made_anew(int keep, string place)
    {
        IFrameSource source = Source(1);
        string path = Store(source);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(keep < 0 ? bytes.Length + keep : keep)]);
        CheckRefusedAndMadeAnew(source, path, place);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_file_with_bytes_behind_its_end_is_refused()
    {
        IFrameSource source = Source(1);
        string path = Store(source);
        File.AppendAllText(path, "x");
        CheckRefusedAndMadeAnew(source, path, "length");
    }

    [Theory]
    [InlineData(0, "header")]
    [InlineData(30, "header")]
    [InlineData(-40, "SHA-256")]
    [InlineData(-1, "SHA-256")]
    public void A_changed_byte_is_refused_and_made_anew(int position, string place)
    {
        IFrameSource source = Source(1);
        string path = Store(source);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[position < 0 ? bytes.Length + position : position] ^= 1;
        File.WriteAllBytes(path, bytes);
        CheckRefusedAndMadeAnew(source, path, place);
    }

    [Fact]
    public void A_file_of_another_configuration_under_this_name_is_refused()
    {
        string other = Store(Source(2));
        IFrameSource source = Source(1);
        string path = FrameSetFile.PathIn(folder, source);
        File.Move(other, path);
        CheckRefusedAndMadeAnew(source, path, "header");
    }

    [Fact]
    public void A_missing_file_is_refused_by_the_strict_reader() =>
        Assert.Throws<InputException>(() => FrameSetFile.Read(Path.Combine(folder, "none.bin"), Source(1)));

    [Fact]
    public void Everything_that_changes_frames_changes_the_name_of_the_file()
    {
        var design = new BurstSetDesign { TrainCount = 220 };
        BurstFrameSource Make(BurstSetDesign d, DataSplit split, IBurstTransform transform, int bits) =>
            new(new RadioBurstGenerator(d), split, transform, bits);
        IBurstTransform fold = BurstTransforms.Default("fold", 1024);
        BurstFrameSource[] sources =
        [
            Make(design, DataSplit.Train, fold, 8),
            Make(design, DataSplit.Test, fold, 8),
            Make(design, DataSplit.Train, fold, 7),
            Make(design, DataSplit.Train, new FoldTransform(1024, 2.25), 8),
            Make(design, DataSplit.Train, BurstTransforms.Default("lag", 1024), 8),
            Make(design with { Seed = 2 }, DataSplit.Train, fold, 8),
            Make(design with { Set = "other" }, DataSplit.Train, fold, 8),
            Make(design with { TrainCount = 440 }, DataSplit.Train, fold, 8),
            Make(design with { SnrsDb = [0, 10] }, DataSplit.Train, fold, 8),
            Make(design with { Modulations = [Modulation.Bpsk] }, DataSplit.Train, fold, 8),
            Make(design with { Channel = ChannelPresets.Awgn }, DataSplit.Train, fold, 8),
            Make(
                design with { Channel = ChannelPresets.Like2016 with { RicianFactor = new(5, "1", "test") } },
                DataSplit.Train,
                fold,
                8),
        ];
        Assert.Equal(sources.Length, sources.Select(s => FrameSetFile.PathIn(folder, s)).Distinct().Count());
    }

    private static BurstFrameSource Source(ulong seed) => new(
        new RadioBurstGenerator(new BurstSetDesign { Seed = seed, TrainCount = 22, Samples = 128, SnrsDb = [0, 10] }),
        DataSplit.Train,
        BurstTransforms.Default("fold", 128),
        8);

    private string Store(IFrameSource source)
    {
        string path = FrameSetFile.PathIn(folder, source);
        FrameSetFile.Write(path, FrameSet.Build(source, 1));
        return path;
    }

    private void CheckRefusedAndMadeAnew(IFrameSource source, string path, string place)
    {
        InputException refusal = Assert.Throws<InputException>(() => FrameSetFile.Read(path, source));
        Violation violation = Assert.Single(refusal.Violations);
        Assert.Equal(path, violation.Source);
        Assert.Equal(place, violation.Place);
        var reports = new List<string>();
        FrameSet made = FrameSetFile.ReadOrBuild(folder, source, 1, reports.Add);
        Assert.Contains("refused", reports[0], StringComparison.Ordinal);
        AssertEqual(FrameSet.Build(source, 1), made);
        AssertEqual(made, FrameSetFile.Read(path, source));
    }

    private static void AssertEqual(FrameSet expected, FrameSet actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int index = 0; index < expected.Count; index++)
        {
            Assert.True(expected.Bytes(index).SequenceEqual(actual.Bytes(index)), $"frame {index} differs");
            Assert.Equal(expected.Label(index), actual.Label(index));
        }
    }
}
