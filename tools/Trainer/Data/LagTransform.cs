using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// <c>lag</c>: row l = lag 0..31, column s = one of 32 equal segments of the burst; the value is the mean over the
/// segment's samples t of x[t] * conj(x[t - l]), with x = 0 before the burst. Free of the carrier phase; a carrier offset
/// turns row l by l times the phase per sample.
/// </summary>
public sealed class LagTransform(int samples, double clip) : IBurstTransform
{
    public const int Lags = 32;
    public const int Segments = 32;

    public string Name => "lag";

    public MapShape Shape { get; } = new(Lags, Segments, 1);

    public int Samples => samples;

    public IReadOnlyDictionary<string, double> Parameters { get; } =
        new Dictionary<string, double> { ["samples"] = samples, ["clip"] = clip };

    public void Apply(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> mapRe, Span<double> mapIm)
    {
        int segment = samples / Segments;
        double scale = 1 / (segment * clip);
        for (int lag = 0; lag < Lags; lag++)
        {
            for (int s = 0; s < Segments; s++)
            {
                double sumRe = 0;
                double sumIm = 0;
                for (int t = Math.Max(lag, s * segment); t < (s + 1) * segment; t++)
                {
                    sumRe += (re[t] * re[t - lag]) + (im[t] * im[t - lag]);
                    sumIm += (im[t] * re[t - lag]) - (re[t] * im[t - lag]);
                }

                mapRe[(lag * Segments) + s] = sumRe * scale;
                mapIm[(lag * Segments) + s] = sumIm * scale;
            }
        }
    }
}
