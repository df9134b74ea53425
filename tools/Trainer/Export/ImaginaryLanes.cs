using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Export;

/// <summary>The host transform "learned-imaginary" on a batch, with the same code that packs frames.</summary>
internal static unsafe class ImaginaryLanes
{
    /// <summary>Writes the imaginary lanes v from the real lanes v = 2u - (2^P - 1); nothing where the transform is another.</summary>
    public static void Fill(NetworkInput network, FeatureBatch<float> input, WorkSplit work)
    {
        if (network.Imaginary is not { } transform)
        {
            return;
        }

        int steps = (1 << network.InputBits) - 1;
        work.RunImages(input.Count, (first, images, _) =>
        {
            Span<byte> re = stackalloc byte[transform.Channels], im = stackalloc byte[transform.Channels];
            float* pixel = input.Image(first);
            for (int p = 0; p < images * input.Shape.Pixels; p++, pixel += input.Lanes)
            {
                for (int c = 0; c < re.Length; c++)
                {
                    re[c] = (byte)(((int)pixel[c] + steps) / 2);
                }

                transform.Apply(re, im, network.InputBits);
                for (int c = 0; c < im.Length; c++)
                {
                    pixel[im.Length + c] = (2 * im[c]) - steps;
                }
            }
        });
    }
}
