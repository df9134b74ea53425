using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Data.Captures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data.Captures;

public sealed class CaptureSplitTests
{
    private static readonly DataSplit[] Parts = Enum.GetValues<DataSplit>();

    [Theory]
    [InlineData(3, 1, 1, 1)]
    [InlineData(10, 7, 1, 2)]
    [InlineData(20, 14, 3, 3)]
    [InlineData(100, 70, 15, 15)]
    public void Equal_recordings_are_shared_out_by_70_15_15_with_at_least_one_each(int recordings, int train, int validation, int test)
    {
        List<CaptureBurst> bursts = [.. Enumerable.Range(0, 2 * recordings).SelectMany(r => Enumerable.Range(0, 8).Select(i => new CaptureBurst(r, i, r % 2)))];
        var split = new CaptureSplit(bursts, 2 * recordings, 2);
        Assert.True(split.WholeRecordings);
        for (int label = 0; label < 2; label++)
        {
            int[] counts = [.. Parts.Select(part => Enumerable.Range(0, bursts.Count).Count(i => bursts[i].Label == label && split.Of(i) == part) / 8)];
            Assert.Equal(train + validation + test, counts.Sum());
            Assert.InRange(counts[0], train - 1, train + 1);
            Assert.InRange(counts[1], Math.Max(1, validation - 1), validation + 1);
            Assert.InRange(counts[2], Math.Max(1, test - 1), test + 1);
        }
    }

    [Fact]
    public void No_recording_is_in_two_parts_whatever_labels_it_mixes()
    {
        const int Seed = 5;
        var random = new Random(Seed);
        for (int round = 0; round < 200; round++)
        {
            int recordings = random.Next(9, 40), classes = random.Next(1, 4);
            List<CaptureBurst> bursts = [.. Enumerable.Range(0, recordings).SelectMany(r => Enumerable.Range(0, random.Next(1, 30)).Select(i => new CaptureBurst(r, i, random.Next(classes))))];
            if (bursts.Select(b => b.Label).Distinct().Count() < classes)
            {
                continue;
            }

            var split = new CaptureSplit(bursts, recordings, classes);
            if (split.WholeRecordings)
            {
                Assert.All(Enumerable.Range(0, bursts.Count).GroupBy(i => bursts[i].Recording), group => Assert.True(group.Select(i => split.Of(i)).Distinct().Count() == 1, $"seed {Seed}, round {round}"));
                Assert.All(Enumerable.Range(0, bursts.Count).GroupBy(i => bursts[i].Label), group => Assert.True(group.Select(i => split.Of(i)).Distinct().Count() == 3, $"seed {Seed}, round {round}"));
            }
            else
            {
                Assert.True(recordings < 20, $"seed {Seed}, round {round}: {recordings} recordings of {classes} classes are enough");
            }
        }
    }

    [Fact]
    public void Too_few_recordings_are_cut_in_the_order_of_time_with_one_burst_between_the_parts()
    {
        List<CaptureBurst> bursts = [.. Enumerable.Range(0, 2).SelectMany(r => Enumerable.Range(0, 40).Select(i => new CaptureBurst(r, 1000 * i, 0)))];
        var split = new CaptureSplit(bursts, 2, 1);
        Assert.False(split.WholeRecordings);
        Assert.Equal(
            [.. Enumerable.Repeat("Train", 28), "", .. Enumerable.Repeat("Validation", 5), "", .. Enumerable.Repeat("Test", 5)],
            Enumerable.Range(40, 40).Select(i => $"{split.Of(i)}"));
    }
}
