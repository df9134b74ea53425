using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class FrameSetTests
{
    private static readonly BurstSetDesign Small = new() { TrainCount = 220, ValidationCount = 220, TestCount = 220 };

    private static BurstFrameSource Source(string transform = "moments", DataSplit split = DataSplit.Train, int bits = 8) =>
        new(new RadioBurstGenerator(Small), split, BurstTransforms.Default(transform, 1024), bits);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_set_built_on_any_number_of_threads_equals_the_source_frame_by_frame(int threads)
    {
        BurstFrameSource source = Source();
        FrameSet set = FrameSet.Build(source, threads);
        var expectedRe = new byte[set.FrameBytes / 2];
        var expectedIm = new byte[set.FrameBytes / 2];
        var re = new byte[set.FrameBytes / 2];
        var im = new byte[set.FrameBytes / 2];

        // Backwards: the order of use must not matter either.
        for (int index = source.Count - 1; index >= 0; index--)
        {
            source.FillIntegers(index, expectedRe, expectedIm);
            set.FillIntegers(index, re, im);
            Assert.Equal(expectedRe, re);
            Assert.Equal(expectedIm, im);
            Assert.Equal(source.Label(index), set.Label(index));
            Assert.Equal(source.Tag(index), set.Tag(index));
        }
    }

    [Theory]
    [InlineData("fold", 1)]
    [InlineData("stft", 4)]
    [InlineData("lag", 8)]
    [InlineData("moments", 8)]
    public void Grid_values_and_integers_name_the_same_frame(string transform, int bits)
    {
        BurstFrameSource source = Source(transform, bits: bits);
        int size = source.Channels * source.Height * source.Width;
        var re = new float[size];
        var im = new float[size];
        var integerRe = new byte[size];
        var integerIm = new byte[size];
        int steps = (1 << bits) - 1;
        source.Fill(17, re, im);
        source.FillIntegers(17, integerRe, integerIm);
        for (int k = 0; k < size; k++)
        {
            Assert.Equal(((2 * integerRe[k]) - steps) / (float)steps, re[k]);
            Assert.Equal(((2 * integerIm[k]) - steps) / (float)steps, im[k]);
        }

        Assert.True(integerRe.Distinct().Count() > 1, "the frame must not be constant");
    }
}
