using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class BurstRandomTests
{
    [Fact]
    public void Xoshiro_gives_the_published_first_outputs_of_state_1_2_3_4()
    {
        var random = new BurstRandom(1, 2, 3, 4);
        Assert.Equal(11520UL, random.NextBits());
        Assert.Equal(0UL, random.NextBits());
        Assert.Equal(1509978240UL, random.NextBits());
        Assert.Equal(1215971899390074240UL, random.NextBits());
    }

    [Fact]
    public void All_77000_streams_of_the_three_splits_start_differently()
    {
        var design = new BurstSetDesign();
        var seen = new HashSet<ulong>();
        foreach (DataSplit split in Enum.GetValues<DataSplit>())
        {
            for (int index = 0; index < design.Count(split); index++)
            {
                Assert.True(
                    seen.Add(new BurstRandom(design.Seed, design.Set, split, index).NextBits()), $"{split} {index} repeats a stream");
            }
        }

        Assert.Equal(77_000, seen.Count);
    }

    [Fact]
    public void Every_part_of_the_key_changes_the_stream()
    {
        ulong reference = First(1, "iq-11", DataSplit.Train, 0);
        Assert.Equal(reference, First(1, "iq-11", DataSplit.Train, 0));
        Assert.NotEqual(reference, First(2, "iq-11", DataSplit.Train, 0));
        Assert.NotEqual(reference, First(1, "iq-12", DataSplit.Train, 0));
        Assert.NotEqual(reference, First(1, "iq-11", DataSplit.Test, 0));
        Assert.NotEqual(reference, First(1, "iq-11", DataSplit.Train, 1));
    }

    [Fact]
    public void Normals_have_the_moments_0_1_0_3()
    {
        const ulong Seed = 5;
        const int Draws = 400_000;
        var random = new BurstRandom(Seed, "moments", DataSplit.Train, 0);
        var sums = new double[4];
        for (int n = 0; n < Draws; n++)
        {
            double x = random.NextNormal();
            sums[0] += x;
            sums[1] += x * x;
            sums[2] += x * x * x;
            sums[3] += x * x * x * x;
        }

        // Standard errors: 0.0016, 0.0022, 0.0061, 0.0155; five of each.
        double[] expected = [0, 1, 0, 3];
        double[] allowed = [0.008, 0.012, 0.031, 0.08];
        for (int k = 0; k < 4; k++)
        {
            double mean = sums[k] / Draws;
            Assert.True(Math.Abs(mean - expected[k]) < allowed[k], $"seed {Seed}: moment {k + 1} is {mean}");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void Indices_are_uniform(int count)
    {
        const ulong Seed = 6;
        const int Draws = 200_000;
        var random = new BurstRandom(Seed, "indices", DataSplit.Train, 0);
        var seen = new int[count];
        for (int n = 0; n < Draws; n++)
        {
            seen[random.NextIndex(count)]++;
        }

        double expected = Draws / (double)count;
        double chiSquare = seen.Sum(s => (s - expected) * (s - expected) / expected);
        double limit = count - 1 + (5 * Math.Sqrt(2.0 * (count - 1)));
        Assert.True(chiSquare < limit, $"seed {Seed}: chi square {chiSquare} over {count - 1} degrees of freedom");
    }

    private static ulong First(ulong seed, string set, DataSplit split, int index) =>
        new BurstRandom(seed, set, split, index).NextBits();
}
