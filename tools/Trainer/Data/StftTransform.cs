using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// <c>stft</c>: Hann windows of <c>window</c> samples that advance by a quarter of it (75 % overlap). Column c is the
/// window that starts at sample c*window/4, with zeros past the end of the burst, so there are 4*samples/window columns.
/// Row y is frequency (y - bins/2) / fftSize cycles per sample: the middle <c>bins</c> of fftSize = max(window, bins).
/// The phase is referred to the start of the burst: a steady tone gives the same phase in every column.
/// Divided by sqrt(sum of squared window) and by the clip: white noise of unit power has unit mean square before the clip.
/// </summary>
public sealed class StftTransform : IBurstTransform
{
    private readonly int window;
    private readonly int hop;
    private readonly int bins;
    private readonly double[] weights;
    private readonly FourierTransform fourier;

    public StftTransform(int samples, int window, int bins, double clip)
    {
        Samples = samples;
        this.window = window;
        this.bins = bins;
        hop = window / 4;
        fourier = new FourierTransform(Math.Max(window, bins));
        weights = [.. Enumerable.Range(0, window).Select(n => 0.5 - (0.5 * Math.Cos(Math.Tau * n / window)))];
        double scale = 1 / (clip * Math.Sqrt(weights.Sum(w => w * w)));
        weights = Array.ConvertAll(weights, w => w * scale);
        Shape = new MapShape(bins, samples / hop, 1);
        Parameters = new Dictionary<string, double>
        {
            ["samples"] = samples,
            ["window"] = window,
            ["bins"] = bins,
            ["clip"] = clip,
        };
    }

    public string Name => "stft";

    public MapShape Shape { get; }

    public int Samples { get; }

    public IReadOnlyDictionary<string, double> Parameters { get; }

    public void Apply(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> mapRe, Span<double> mapIm)
    {
        int size = fourier.Size;
        Span<double> rowRe = stackalloc double[size];
        Span<double> rowIm = stackalloc double[size];
        int columns = Shape.Width;
        for (int column = 0; column < columns; column++)
        {
            int start = column * hop;
            rowRe.Clear();
            rowIm.Clear();

            // The sample of absolute time t goes to slot t mod size: the transform then refers to the burst's start.
            for (int n = 0; n < Math.Min(window, Samples - start); n++)
            {
                int slot = (start + n) & (size - 1);
                rowRe[slot] = weights[n] * re[start + n];
                rowIm[slot] = weights[n] * im[start + n];
            }

            fourier.Forward(rowRe, rowIm);
            for (int y = 0; y < bins; y++)
            {
                int bin = (y - (bins / 2)) & (size - 1);
                mapRe[(y * columns) + column] = rowRe[bin];
                mapIm[(y * columns) + column] = rowIm[bin];
            }
        }
    }
}
