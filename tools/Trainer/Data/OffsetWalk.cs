namespace BcnnSim.Trainer.Data;

/// <summary>Random walk of an oscillator offset, reflected at +-maximum.</summary>
/// <param name="Start">Law of the first value.</param>
/// <param name="StartDeviation">Standard deviation of a normal start.</param>
/// <param name="StepDeviation">Standard deviation of the step per sample.</param>
/// <param name="Maximum">Bound of the offset.</param>
public sealed record OffsetWalk(
    OffsetStart Start, SourcedValue StartDeviation, SourcedValue StepDeviation, SourcedValue Maximum)
{
    /// <summary>An offset that stays zero.</summary>
    public static OffsetWalk None(string source) =>
        new(OffsetStart.Normal, new(0, "Hz", source), new(0, "Hz", source), new(0, "Hz", source));

    /// <summary>Writes the offset in hertz for every sample.</summary>
    public void Fill(BurstRandom random, Span<double> hertz)
    {
        double maximum = Maximum.Value;
        double offset = Start == OffsetStart.Stationary
            ? random.NextUniform(-maximum, maximum)
            : Math.Clamp(StartDeviation.Value * random.NextNormal(), -maximum, maximum);
        double step = StepDeviation.Value;
        for (int n = 0; n < hertz.Length; n++)
        {
            hertz[n] = offset;
            if (step > 0)
            {
                offset = Reflect(offset + (step * random.NextNormal()), maximum);
            }
        }
    }

    private static double Reflect(double offset, double maximum)
    {
        double inside = offset > maximum ? (2 * maximum) - offset : offset < -maximum ? (-2 * maximum) - offset : offset;
        return Math.Clamp(inside, -maximum, maximum);
    }
}
