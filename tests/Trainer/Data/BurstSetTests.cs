using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class BurstSetTests
{
    [Fact]
    public void Every_pair_of_class_and_snr_occurs_equally_often_in_every_split()
    {
        var generator = new RadioBurstGenerator(new BurstSetDesign());
        var expected = new Dictionary<DataSplit, int> { [DataSplit.Train] = 200, [DataSplit.Validation] = 50, [DataSplit.Test] = 100 };
        foreach ((DataSplit split, int each) in expected)
        {
            var source = new BurstFrameSource(generator, split, BurstTransforms.Default("fold", 1024), 8);
            var cells = Enumerable.Range(0, source.Count).GroupBy(k => (source.Label(k), source.Tag(k))).ToList();
            Assert.Equal(220, cells.Count);
            Assert.All(cells, cell => Assert.Equal(each, cell.Count()));
        }

        Assert.Equal(-20, generator.Design.SnrsDb[0]);
        Assert.Equal(18, generator.Design.SnrsDb[^1]);
    }

    [Fact]
    public void Any_front_part_of_whole_rounds_is_balanced_too()
    {
        var design = new BurstSetDesign { Modulations = [Modulation.Bpsk, Modulation.Fm, Modulation.Qpsk, Modulation.Gfsk] };
        var cells = Enumerable.Range(0, 240).GroupBy(design.Cell).ToList();
        Assert.Equal(80, cells.Count);
        Assert.All(cells, cell => Assert.Equal(3, cell.Count()));
    }

    [Fact]
    public void Labels_name_the_modulation_of_the_burst()
    {
        var generator = new RadioBurstGenerator(new BurstSetDesign());
        var source = new BurstFrameSource(generator, DataSplit.Test, BurstTransforms.Default("fold", 1024), 8);
        Assert.Equal(11, source.Classes);
        for (int index = 0; index < 220; index++)
        {
            RadioBurst burst = generator.Generate(DataSplit.Test, index);
            Assert.Equal(ModulationNames.Of(burst.Modulation), source.ClassNames[source.Label(index)]);
            Assert.Equal(burst.SnrDb, source.Tag(index));
        }
    }

    [Fact]
    public void No_burst_of_one_split_occurs_in_another_or_twice()
    {
        var generator = new RadioBurstGenerator(new BurstSetDesign { Samples = 128 });
        var seen = new HashSet<(double, double)>();
        foreach (DataSplit split in Enum.GetValues<DataSplit>())
        {
            for (int index = 0; index < 2200; index++)
            {
                RadioBurst burst = generator.Generate(split, index);
                Assert.True(seen.Add((burst.Re[0], burst.Im[77])), $"seed 1: {split} {index} repeats a burst");
            }
        }
    }

    [Fact]
    public void Bursts_of_one_class_do_not_share_symbols()
    {
        // Two cuts of one run would show a correlation of 1 at the right shift.
        var generator = SignalAnalysis.Only(Modulation.Bpsk, 100, samples: 512);
        double[][] signs = [.. Enumerable.Range(0, 40).Select(k =>
        {
            RadioBurst burst = generator.Generate(DataSplit.Train, k);
            double cos = Math.Cos(burst.Phase);
            double sin = Math.Sin(burst.Phase);
            return burst.Re.Zip(burst.Im, (a, b) => (a * cos) + (b * sin)).ToArray();
        })];
        for (int other = 1; other < signs.Length; other++)
        {
            for (int shift = 0; shift <= 256; shift++)
            {
                double sum = Enumerable.Range(0, 256).Sum(n => signs[0][n] * signs[other][n + shift]) / 256;
                Assert.True(Math.Abs(sum) < 0.95, $"seed 1: bursts 0 and {other} agree by {sum} at shift {shift}");
            }
        }
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1024)]
    public void Bursts_have_the_length_asked_for(int samples)
    {
        RadioBurst burst = new RadioBurstGenerator(new BurstSetDesign { Samples = samples }).Generate(DataSplit.Validation, 3);
        Assert.Equal(samples, burst.Re.Length);
        Assert.Equal(samples, burst.SignalIm.Length);
        Assert.Equal(1, RadioBurstGenerator.MeanPower(burst.Re, burst.Im), 1e-12);
    }

    [Fact]
    public void A_bad_design_is_refused_with_every_violation()
    {
        var design = new BurstSetDesign
        {
            Samples = 1000,
            Set = "",
            Modulations = [Modulation.Bpsk, Modulation.Bpsk],
            SnrsDb = [double.NaN],
            TrainCount = -1,
            ValidationCount = 2,
            TestCount = 3,
            Channel = ChannelPresets.Like2016 with
            {
                MaximumDoppler = new(1e5, "Hz", "test"),
                RollOffLow = new(0, "1", "test"),
                Paths = [new(new(100, "samples", "test"), new(double.NaN, "1", "test"))],
            },
        };
        InputException refusal = Assert.Throws<InputException>(() => new RadioBurstGenerator(design));
        string[] places = [.. refusal.Violations.Select(v => v.Place)];
        Assert.Equal(
            [
                "rollOffLow", "maximumDoppler", "paths[0].delay", "paths[0].magnitude", "samples", "set", "modulations", "snrsDb",
                "count of Train", "count of Test",
            ],
            places);
    }

    [Fact]
    public void Unknown_channels_and_mismatching_transforms_are_refused()
    {
        Assert.Throws<InputException>(() => ChannelPresets.Named("2017-like"));
        Assert.Throws<InputException>(() => new BurstFrameSource(
            new RadioBurstGenerator(new BurstSetDesign { Samples = 512 }), DataSplit.Train, BurstTransforms.Default("fold", 1024), 8));
    }

    [Fact]
    public void Frames_beyond_the_split_are_refused()
    {
        var generator = new RadioBurstGenerator(new BurstSetDesign { TestCount = 220 });
        var source = new BurstFrameSource(generator, DataSplit.Test, BurstTransforms.Default("fold", 1024), 8);
        Assert.Throws<ArgumentOutOfRangeException>(() => source.FillIntegers(220, new byte[1024], new byte[1024]));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.FillIntegers(-1, new byte[1024], new byte[1024]));
    }
}
