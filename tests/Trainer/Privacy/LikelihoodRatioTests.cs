using BcnnSim.Trainer.Privacy.Attacks;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

public class LikelihoodRatioTests
{
    /// <summary>Two frames, four models, by hand: in {3, 5} and {1, 1}, out {0, 2} and {-1, 3}; variances 2/2 and 10/2.</summary>
    [Fact]
    public void Two_frames_by_hand()
    {
        double[][] models = [[3, -1], [5, 3], [0, 1], [2, 1]];
        bool[][] inside = [[true, false], [true, false], [false, true], [false, true]];
        double[] ratios = LikelihoodRatio.Of([4, 2], models, inside);
        static double Density(double x, double mean, double variance) => Math.Exp(-(x - mean) * (x - mean) / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance);
        Assert.Equal(Math.Log(Density(4, 4, 1) / Density(4, 1, 5)), ratios[0], 12);
        Assert.Equal(Math.Log(Density(2, 1, 1) / Density(2, 1, 5)), ratios[1], 12);
    }

    /// <summary>Frames of every difficulty, each a little surer where it was learned: one threshold on phi finds little, the ratio most.</summary>
    [Fact]
    public void A_leak_below_the_spread_of_frames_is_found()
    {
        const int Frames = 2000, Models = 16;
        var stream = new SeededStream(5, "lira test");
        double[] difficulty = [.. Enumerable.Range(0, Frames).Select(_ => 8 * stream.NextNormal())];
        double Phi(int frame, bool learned) => difficulty[frame] + (learned ? 2 : 0) + (0.5 * stream.NextNormal());
        bool[][] inside = [.. Enumerable.Range(0, Models).Select(model => Enumerable.Range(0, Frames).Select(frame => (frame + model) % 2 == 0).ToArray())];
        double[][] models = [.. inside.Select(learned => learned.Select((is1, frame) => Phi(frame, is1)).ToArray())];
        double[] target = [.. Enumerable.Range(0, Frames).Select(frame => Phi(frame, frame < Frames / 2))];
        double[] ratios = LikelihoodRatio.Of(target, models, inside);
        Assert.InRange(Accuracy(ratios, 0), 0.95, 1);
        Assert.InRange(target.Concat(target.Order()).Distinct().Max(threshold => Accuracy(target, threshold)), 0.5, 0.65); // the best threshold there is
    }

    [Fact]
    public void A_frame_that_one_model_alone_learned_has_no_variance() =>
        Assert.Throws<ArgumentException>(() => LikelihoodRatio.Of([0], [[1], [2], [3]], [[true], [false], [false]]));

    private static double Accuracy(double[] scores, double threshold) => scores.Index().Average(frame => frame.Item >= threshold == frame.Index < scores.Length / 2 ? 1.0 : 0);
}
