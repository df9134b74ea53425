using BcnnSim.Networks;

namespace BcnnSim.Tests.Networks;

/// <summary>One accumulator straight from the definition: sum over pool, kernel and channels of w * v.</summary>
internal static class SlowConvolution
{
    public static (long Re, long Im) At(ConvolutionLayer layer, Frame frame, int y, int x, int channel)
    {
        long re = 0;
        long im = 0;
        for (int pool = 0; pool < layer.SumPool * layer.SumPool; pool++)
        {
            int convolutionY = (y * layer.SumPool) + (pool / layer.SumPool);
            int convolutionX = (x * layer.SumPool) + (pool % layer.SumPool);
            for (int column = 0; column < layer.Taps; column++)
            {
                int tap = layer.KeptTaps is null ? column : layer.KeptTaps[column];
                int c = tap % layer.InputShape.Channels;
                int kx = tap / layer.InputShape.Channels % layer.KernelWidth;
                int ky = tap / layer.InputShape.Channels / layer.KernelWidth;
                (long r, long i) = Product(layer, frame, channel, column, (convolutionY * layer.StrideY) + ky - layer.PaddingY, (convolutionX * layer.StrideX) + kx - layer.PaddingX, c);
                re += r;
                im += i;
            }
        }

        return (re, im);
    }

    private static (long Re, long Im) Product(ConvolutionLayer layer, Frame frame, int row, int tap, int y, int x, int c)
    {
        FrameShape shape = frame.Shape;
        if (y < 0 || y >= shape.Height || x < 0 || x >= shape.Width || !layer.Weights.Kept(row, tap))
        {
            return (0, 0);
        }

        int offset = (1 << shape.InputBits) - 1;
        (int a, int b) = (layer.Weights.ReBit(row, tap) ? 1 : -1, layer.Weights.ImBit(row, tap) ? 1 : -1);
        (int vr, int vi) = ((2 * frame.ReValue(y, x, c)) - offset, (2 * frame.ImValue(y, x, c)) - offset);
        return ((a * vr) - (b * vi), (a * vi) + (b * vr));
    }
}
