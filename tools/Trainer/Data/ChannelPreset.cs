using System.Globalization;
using System.Text;

namespace BcnnSim.Trainer.Data;

/// <summary>A named channel: every number of it, each with its source.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="SampleRate">Samples per second.</param>
/// <param name="RollOffLow">Lowest roll-off of the pulse; drawn uniformly up to RollOffHigh.</param>
/// <param name="RollOffHigh">Highest roll-off.</param>
/// <param name="SampleRateOffset">Walk of the sample clock, hertz.</param>
/// <param name="CarrierOffset">Walk of the carrier, hertz.</param>
/// <param name="Sinusoids">Sinusoids per fading path; 0 for no fading.</param>
/// <param name="MaximumDoppler">Hertz.</param>
/// <param name="RicianFactor">K: line-of-sight over diffuse power, on the first path only.</param>
/// <param name="Paths">Propagation paths.</param>
public sealed record ChannelPreset(
    string Name,
    SourcedValue SampleRate,
    SourcedValue RollOffLow,
    SourcedValue RollOffHigh,
    OffsetWalk SampleRateOffset,
    OffsetWalk CarrierOffset,
    SourcedValue Sinusoids,
    SourcedValue MaximumDoppler,
    SourcedValue RicianFactor,
    IReadOnlyList<ChannelPath> Paths)
{
    /// <summary>Longest delay the interpolation margin of a burst covers, samples.</summary>
    public const double LongestDelay = 16;

    /// <summary>All parameters in one canonical line, the same in every culture.</summary>
    public string Canonical()
    {
        var text = new StringBuilder(Name);
        Append(text, SampleRate.Value, RollOffLow.Value, RollOffHigh.Value);
        foreach (OffsetWalk walk in new[] { SampleRateOffset, CarrierOffset })
        {
            Append(text, (int)walk.Start, walk.StartDeviation.Value, walk.StepDeviation.Value, walk.Maximum.Value);
        }

        Append(text, Sinusoids.Value, MaximumDoppler.Value, RicianFactor.Value);
        foreach (ChannelPath path in Paths)
        {
            Append(text, path.Delay.Value, path.Magnitude.Value, path.DelayIsRayleigh ? 1 : 0);
        }

        return text.ToString();
    }

    /// <summary>Every parameter out of its range.</summary>
    public IEnumerable<Violation> Violations()
    {
        var found = new List<Violation>();
        void Check(string place, double value, double low, double high)
        {
            if (!(value >= low && value <= high))
            {
                found.Add(new Violation(
                    $"channel '{Name}'",
                    place,
                    value.ToString("R", CultureInfo.InvariantCulture),
                    FormattableString.Invariant($"must lie in {low:R}..{high:R}"),
                    "correct the preset"));
            }
        }

        double rate = SampleRate.Value;
        Check("sampleRate", rate, 1, 1e12);
        Check("rollOffLow", RollOffLow.Value, 0.01, 1);
        Check("rollOffHigh", RollOffHigh.Value, RollOffLow.Value, 1);
        Check("sampleRateOffset.maximum", SampleRateOffset.Maximum.Value, 0, rate / 1000);
        Check("sampleRateOffset.step", SampleRateOffset.StepDeviation.Value, 0, rate / 1000);
        Check("sampleRateOffset.start", SampleRateOffset.StartDeviation.Value, 0, rate / 1000);
        Check("carrierOffset.maximum", CarrierOffset.Maximum.Value, 0, rate / 2);
        Check("carrierOffset.step", CarrierOffset.StepDeviation.Value, 0, rate / 2);
        Check("carrierOffset.start", CarrierOffset.StartDeviation.Value, 0, rate / 2);
        Check("sinusoids", Sinusoids.Value, 0, 64);
        Check("maximumDoppler", MaximumDoppler.Value, 0, rate / 2000);
        Check("ricianFactor", RicianFactor.Value, 0, 1e6);
        Check("paths", Paths.Count, 1, 16);
        for (int p = 0; p < Paths.Count; p++)
        {
            Check($"paths[{p}].delay", Paths[p].Delay.Value, 0, Paths[p].DelayIsRayleigh ? LongestDelay / 8 : LongestDelay);
            Check($"paths[{p}].magnitude", Paths[p].Magnitude.Value, 1e-6, 1e6);
        }

        return found;
    }

    private static void Append(StringBuilder text, params ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture));
        }
    }
}
