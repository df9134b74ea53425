using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class BurstFrameSourceTests
{
    private static readonly BurstSetDesign Small = new() { TrainCount = 220, ValidationCount = 220, TestCount = 220 };

    private static BurstFrameSource Source(string transform = "moments", int bits = 8) =>
        new(new RadioBurstGenerator(Small), DataSplit.Train, BurstTransforms.Default(transform, 1024), bits);

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Frames_made_on_any_number_of_threads_are_those_made_one_after_the_other(int threads)
    {
        BurstFrameSource source = Source();
        var made = new (byte[] Re, byte[] Im)[source.Count];
        Parallel.For(0, source.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => made[i] = Integers(source, i));

        // Backwards: the order of use must not matter either.
        for (int index = source.Count - 1; index >= 0; index--)
        {
            (byte[] re, byte[] im) = Integers(source, index);
            Assert.Equal(re, made[index].Re);
            Assert.Equal(im, made[index].Im);
        }
    }

    [Theory]
    [InlineData("fold", 1)]
    [InlineData("stft", 4)]
    [InlineData("lag", 8)]
    [InlineData("moments", 8)]
    public void Grid_values_and_integers_name_the_same_frame(string transform, int bits)
    {
        BurstFrameSource source = Source(transform, bits);
        (byte[] integerRe, byte[] integerIm) = Integers(source, 17);
        float[] re = new float[integerRe.Length], im = new float[integerRe.Length];
        int steps = (1 << bits) - 1;
        source.Fill(17, re, im);
        for (int k = 0; k < re.Length; k++)
        {
            Assert.Equal(((2 * integerRe[k]) - steps) / (float)steps, re[k]);
            Assert.Equal(((2 * integerIm[k]) - steps) / (float)steps, im[k]);
        }

        Assert.True(integerRe.Distinct().Count() > 1, "the frame must not be constant");
    }

    /// <summary>The text ties a checkpoint to its data.</summary>
    [Fact]
    public void Everything_that_changes_frames_changes_the_configuration()
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
            Make(design with { Channel = ChannelPresets.Like2016 with { RicianFactor = new(5, "1", "test") } }, DataSplit.Train, fold, 8),
        ];
        Assert.Equal(sources.Length, sources.Select(s => s.Configuration).Distinct().Count());
    }

    private static (byte[] Re, byte[] Im) Integers(BurstFrameSource source, int index)
    {
        int size = source.Channels * source.Height * source.Width;
        byte[] re = new byte[size], im = new byte[size];
        source.FillIntegers(index, re, im);
        return (re, im);
    }
}
