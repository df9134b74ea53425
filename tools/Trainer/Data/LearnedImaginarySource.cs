using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data;

/// <summary>Frames of a source with the imaginary part a trained network computes: what the host packs for the machine.</summary>
public sealed class LearnedImaginarySource(IFrameSource source, LearnedImaginary transform) : IFrameSource
{
    private readonly InputQuantizer quantizer = new(source.InputBits);

    public int Count => source.Count;

    public int Height => source.Height;

    public int Width => source.Width;

    public int Channels => source.Channels;

    public int Classes => source.Classes;

    public int InputBits => source.InputBits;

    public IReadOnlyList<string> ClassNames => source.ClassNames;

    public string Configuration => source.Configuration;

    public string TransformName => source.TransformName;

    public IReadOnlyDictionary<string, double> TransformParameters => source.TransformParameters;

    public void Fill(int index, Span<float> re, Span<float> im)
    {
        byte[] integerRe = new byte[re.Length], integerIm = new byte[im.Length];
        FillIntegers(index, integerRe, integerIm);
        for (int k = 0; k < re.Length; k++)
        {
            re[k] = quantizer.Value(integerRe[k]);
            im[k] = quantizer.Value(integerIm[k]);
        }
    }

    public void FillIntegers(int index, Span<byte> re, Span<byte> im)
    {
        source.FillIntegers(index, re, im);
        int pixels = Height * Width;
        Span<byte> pixelRe = stackalloc byte[Channels], pixelIm = stackalloc byte[Channels];
        for (int p = 0; p < pixels; p++)
        {
            for (int c = 0; c < Channels; c++)
            {
                pixelRe[c] = re[(c * pixels) + p];
            }

            transform.Apply(pixelRe, pixelIm, InputBits);
            for (int c = 0; c < Channels; c++)
            {
                im[(c * pixels) + p] = pixelIm[c];
            }
        }
    }

    public int Label(int index) => source.Label(index);

    public float Tag(int index) => source.Tag(index);
}
