namespace BcnnSim.Trainer.Data;

/// <summary>A burst through its transform onto the P-bit grid: one way for generated bursts, recordings and packed captures.</summary>
/// <param name="transform">Host transform.</param>
/// <param name="inputBits">P.</param>
public sealed class BurstGrid(IBurstTransform transform, int inputBits)
{
    private readonly InputQuantizer quantizer = new(inputBits);

    public IBurstTransform Transform => transform;

    /// <summary>P.</summary>
    public int Bits => quantizer.Bits;

    /// <summary>Unsigned integers of a burst of unit mean power, layout [channel][y][x].</summary>
    public void Integers(ReadOnlySpan<double> burstRe, ReadOnlySpan<double> burstIm, Span<byte> re, Span<byte> im)
    {
        int size = transform.Shape.Channels * transform.Shape.Pixels;
        var mapRe = new double[size];
        var mapIm = new double[size];
        transform.Apply(burstRe, burstIm, mapRe, mapIm);
        for (int k = 0; k < size; k++)
        {
            re[k] = quantizer.Quantize(mapRe[k]);
            im[k] = quantizer.Quantize(mapIm[k]);
        }
    }

    /// <summary>Frame <paramref name="index"/> of a source as grid values in [-1, 1].</summary>
    public void Values(IFrameSource source, int index, Span<float> re, Span<float> im)
    {
        int size = transform.Shape.Channels * transform.Shape.Pixels;
        byte[] integerRe = new byte[size], integerIm = new byte[size];
        source.FillIntegers(index, integerRe, integerIm);
        for (int k = 0; k < size; k++)
        {
            re[k] = quantizer.Value(integerRe[k]);
            im[k] = quantizer.Value(integerIm[k]);
        }
    }
}
