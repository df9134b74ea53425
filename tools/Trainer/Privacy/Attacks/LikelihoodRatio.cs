namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>
/// LiRA (Carlini et al., IEEE S&amp;P 2022): phi = log(p / (1 - p)) of the true class is held against normal distributions of it over models that learned
/// the frame and models that did not. Means are the frame's own; the two variances are pooled over frames: a dozen models say little about those of one frame.
/// </summary>
public static class LikelihoodRatio
{
    // phi of single precision answers is not known better.
    private const double LeastVariance = 1e-9;

    /// <summary>Whether every frame was learned by two models and left out by two: a variance needs them.</summary>
    public static bool IsDefined(IReadOnlyList<bool[]> inside) =>
        inside.Count > 0 && Enumerable.Range(0, inside[0].Length).All(frame => inside.Count(model => model[frame]) is var learned && learned >= 2 && inside.Count - learned >= 2);

    /// <summary>log N(phi; in) - log N(phi; out) of every frame.</summary>
    /// <param name="target">phi of the attacked model, [frame].</param>
    /// <param name="models">phi of the attacker's models, [model][frame].</param>
    /// <param name="inside">Whether a model learned a frame, [model][frame]; each frame by at least two and left out by two.</param>
    /// <exception cref="ArgumentException">Not <see cref="IsDefined"/>.</exception>
    public static double[] Of(double[] target, IReadOnlyList<double[]> models, IReadOnlyList<bool[]> inside)
    {
        if (!IsDefined(inside))
        {
            throw new ArgumentException("a frame has fewer than two models on one side", nameof(inside));
        }

        (double[] inMeans, double inVariance) = Normal(models, (model, frame) => inside[model][frame], target.Length);
        (double[] outMeans, double outVariance) = Normal(models, (model, frame) => !inside[model][frame], target.Length);
        return [.. target.Select((phi, frame) => LogDensity(phi - inMeans[frame], inVariance) - LogDensity(phi - outMeans[frame], outVariance))];
    }

    private static (double[] Means, double Variance) Normal(IReadOnlyList<double[]> models, Func<int, int, bool> taken, int frames)
    {
        var means = new double[frames];
        double squares = 0;
        long freedom = 0;
        for (int frame = 0; frame < frames; frame++)
        {
            double[] values = [.. Enumerable.Range(0, models.Count).Where(model => taken(model, frame)).Select(model => models[model][frame])];
            double mean = means[frame] = values.Average();
            squares += values.Sum(value => (value - mean) * (value - mean));
            freedom += values.Length - 1;
        }

        return (means, Math.Max(LeastVariance, squares / freedom));
    }

    // Without the constant that both sides have.
    private static double LogDensity(double distance, double variance) => -((distance * distance / variance) + Math.Log(variance)) / 2;
}
