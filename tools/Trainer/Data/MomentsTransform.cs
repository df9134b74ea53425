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
        double scale1 = 1 / clip1;
        double scale2 = 1 / clip2;
        double scale4 = 1 / clip4;
        for (int n = 0; n < samples; n++)
        {
            double squareRe = (re[n] * re[n]) - (im[n] * im[n]);
            double squareIm = 2 * re[n] * im[n];
            mapRe[n] = re[n] * scale1;
            mapIm[n] = im[n] * scale1;
            mapRe[n + samples] = squareRe * scale2;
            mapIm[n + samples] = squareIm * scale2;
            mapRe[n + (2 * samples)] = ((squareRe * squareRe) - (squareIm * squareIm)) * scale4;
            mapIm[n + (2 * samples)] = 2 * squareRe * squareIm * scale4;
        }
    }
}
