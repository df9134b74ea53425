using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data;

/// <summary><c>fold</c>: the burst cut into rows of 32 samples, one channel, Samples/32 x 32, divided by the clip.</summary>
public sealed class FoldTransform(int samples, double clip) : IBurstTransform
{
    public const int Row = 32;

    public string Name => "fold";

    public MapShape Shape { get; } = new(samples / Row, Row, 1);

    public int Samples => samples;

    public IReadOnlyDictionary<string, double> Parameters { get; } =
        new Dictionary<string, double> { ["samples"] = samples, ["clip"] = clip };

    public void Apply(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> mapRe, Span<double> mapIm)
    {
        double scale = 1 / clip;
        for (int n = 0; n < samples; n++)
        {
            mapRe[n] = re[n] * scale;
            mapIm[n] = im[n] * scale;
        }
    }
}
