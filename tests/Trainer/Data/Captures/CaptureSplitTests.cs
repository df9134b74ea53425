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
        for (int label = 0; label < 2; label++)
        {
            Assert.True(split.Whole(label));
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
            foreach (IGrouping<int, int> own in Enumerable.Range(0, bursts.Count).GroupBy(i => bursts[i].Label))
            {
                if (split.Whole(own.Key))
                {
                    Assert.All(own.GroupBy(i => bursts[i].Recording), group => Assert.True(group.Select(i => split.Of(i)).Distinct().Count() == 1, $"seed {Seed}, round {round}"));
                    Assert.True(own.Select(i => split.Of(i)).Distinct().Count() == 3, $"seed {Seed}, round {round}");
                }
                else
                {
                    Assert.True(recordings < 20, $"seed {Seed}, round {round}: {recordings} recordings of {classes} classes are enough");
                }
            }
        }
    }

    /// <summary>Ten recordings of a class stay whole although another class has one alone, or shares one of them.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(4)]
    public void A_class_with_too_few_recordings_leaves_the_others_whole(int lone)
    {
        List<CaptureBurst> bursts = [.. Enumerable.Range(0, 10).SelectMany(r => Enumerable.Range(0, 8).Select(i => new CaptureBurst(r, i, 0)))];
        bursts.AddRange(Enumerable.Range(0, 40).Select(i => new CaptureBurst(lone, 100 + i, 1)));
        var split = new CaptureSplit(bursts, 11, 2);
        Assert.Equal((true, false), (split.Whole(0), split.Whole(1)));
        Assert.Equal([.. Enumerable.Repeat(1, 10)], Enumerable.Range(0, 80).GroupBy(i => bursts[i].Recording, i => split.Of(i)).Select(parts => parts.Distinct().Count()));
        Assert.Equal(3, Enumerable.Range(0, 80).Select(i => split.Of(i)).Distinct().Count());
        Assert.Equal((28, 5, 5), (Bursts(DataSplit.Train), Bursts(DataSplit.Validation), Bursts(DataSplit.Test)));

        int Bursts(DataSplit part) => Enumerable.Range(80, 40).Count(i => split.Of(i) == part);
    }

    /// <summary>Few bursts leave parts empty, which the set refuses; many must not overflow.</summary>
    [Fact]
    public void Cuts_lie_at_70_and_85_percent_of_any_number_of_bursts()
    {
        Assert.Equal([0, 0, 0, 0, -1, -1], Enumerable.Range(0, 6).Select(i => CaptureSplit.Segment(i, 6)));
        Assert.Equal([0, 0, 0, 0, 0, -1, -1, 2], Enumerable.Range(0, 8).Select(i => CaptureSplit.Segment(i, 8)));
        Assert.All(Enumerable.Range(CaptureSplit.EveryPart - 1, 200), count => Assert.Equal(count >= CaptureSplit.EveryPart ? 4 : 3, Enumerable.Range(0, count).Select(i => CaptureSplit.Segment(i, count)).Distinct().Count()));
        int[] places = [0, 69_999_999, 70_000_000, 70_000_001, 84_999_999, 85_000_000, 85_000_001, 99_999_999];
        Assert.Equal([0, 0, -1, 1, 1, -1, 2, 2], places.Select(i => CaptureSplit.Segment(i, 100_000_000)));
    }

    [Fact]
    public void Too_few_recordings_are_cut_in_the_order_of_time_with_one_burst_between_the_parts()
    {
        List<CaptureBurst> bursts = [.. Enumerable.Range(0, 2).SelectMany(r => Enumerable.Range(0, 40).Select(i => new CaptureBurst(r, 1000 * i, 0)))];
        var split = new CaptureSplit(bursts, 2, 1);
        Assert.False(split.Whole(0));
        Assert.Equal(
            [.. Enumerable.Repeat("Train", 28), "", .. Enumerable.Repeat("Validation", 5), "", .. Enumerable.Repeat("Test", 5)],
            Enumerable.Range(40, 40).Select(i => $"{split.Of(i)}"));
    }
}
