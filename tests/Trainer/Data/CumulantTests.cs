using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class CumulantTests
{
    /// <summary>Table I of Swami and Sadler (2000), unit power; 64QAM 0.619.</summary>
    [Theory]
    [InlineData(Modulation.Bpsk, 1, 2, -2)]
    [InlineData(Modulation.Qpsk, 0, 1, -1)]
    [InlineData(Modulation.Psk8, 0, 0, -1)]
    [InlineData(Modulation.Pam4, 1, 1.36, -1.36)]
    [InlineData(Modulation.Qam16, 0, 0.68, -0.68)]
    [InlineData(Modulation.Qam64, 0, 0.619, -0.619)]
    public void Each_point_once_gives_the_published_cumulants(Modulation modulation, double c20, double c40, double c42)
    {
        // Any phase and any gain: the features must not see them.
        var points = Constellations.Of(modulation).ToArray();
        (double sin, double cos) = Math.SinCos(0.3);
        double[] features = CumulantFeatures.Of(
            Array.ConvertAll(points, p => 3 * ((p.Re * cos) - (p.Im * sin))), Array.ConvertAll(points, p => 3 * ((p.Re * sin) + (p.Im * cos))));
        Assert.Equal(c20, features[0], 1e-3);
        Assert.Equal(c40, features[1], 1e-3);
        Assert.Equal(c42, features[2], 1e-3);
    }

    [Fact]
    public void The_classifier_guesses_in_the_noise_and_is_far_above_chance_without_it()
    {
        var generator = new RadioBurstGenerator(new BurstSetDesign
        {
            SnrsDb = [-20, 18],
            TrainCount = 22 * 60,
            ValidationCount = 22 * 40,
            TestCount = 0,
        });
        CumulantClassifier classifier = CumulantClassifier.Fit(generator, generator.Design.TrainCount, 2);
        var accuracy = classifier.AccuracyBySnr(generator, DataSplit.Validation, generator.Design.ValidationCount, 2);

        // 440 bursts each: chance is 0.091 +- 0.014.
        Assert.InRange(accuracy[-20], 0.03, 0.16);
        Assert.InRange(accuracy[18], 0.35, 1);
    }

    [Fact]
    public void Too_few_bursts_to_fit_are_refused()
    {
        var generator = new RadioBurstGenerator(new BurstSetDesign());
        Assert.Throws<InputException>(() => CumulantClassifier.Fit(generator, 220, 1));
    }
}
