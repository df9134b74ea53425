using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// <c>moments</c>: three channels x, x^2, x^4, each folded into rows of 32 samples and divided by its own clip:
/// squaring turns BPSK and PAM4 into lines, the fourth power QPSK and QAM.
/// </summary>
public sealed class MomentsTransform(int samples, double clip1, double clip2, double clip4) : IBurstTransform
{
    public string Name => "moments";

    public MapShape Shape { get; } = new(samples / FoldTransform.Row, FoldTransform.Row, 3);

    public int Samples => samples;

    public IReadOnlyDictionary<string, double> Parameters { get; } = new Dictionary<string, double>
    {
        ["samples"] = samples,
        ["clip1"] = clip1,
        ["clip2"] = clip2,
        ["clip4"] = clip4,
    };

    public void Apply(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> mapRe, Span<double> mapIm)
    {
        for (int n = 0; n < samples; n++)
        {
            double squareRe = (re[n] * re[n]) - (im[n] * im[n]);
            double squareIm = 2 * re[n] * im[n];
            mapRe[n] = re[n] / clip1;
            mapIm[n] = im[n] / clip1;
            mapRe[n + samples] = squareRe / clip2;
            mapIm[n + samples] = squareIm / clip2;
            mapRe[n + (2 * samples)] = ((squareRe * squareRe) - (squareIm * squareIm)) / clip4;
            mapIm[n + (2 * samples)] = 2 * squareRe * squareIm / clip4;
        }
    }
}
