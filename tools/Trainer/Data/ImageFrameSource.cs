using System.Globalization;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// One part of an image set as 32x32 frames of three channels: a smaller image lies in the middle of pixel 0, a grey one is
/// copied to three channels, u = pixel >> (8-P). The imaginary part is the grid value next to 0, u = 2^(P-1), v = +1: what
/// <c>zero-imaginary</c> and <c>grey</c> keep and <c>learned-imaginary</c> overwrites (<see cref="LearnedImaginary"/>). <c>grey</c>
/// frames have one channel, the luma of a coloured image (ITU-R BT.601).
/// </summary>
public sealed class ImageFrameSource : IFrameSource
{
    /// <summary>Side of a frame.</summary>
    public const int Side = 32;

    /// <summary>Channels of a frame that is not grey.</summary>
    public const int Colours = 3;

    /// <summary>The plain baseline.</summary>
    public const string ZeroImaginary = "zero-imaginary";

    /// <summary>One channel, for real networks.</summary>
    public const string Grey = "grey";

    private readonly ImageSet set;
    private readonly int[] indices;

    /// <param name="set">The file the part comes from.</param>
    /// <param name="split">Part.</param>
    /// <param name="count">Stated size of the subset; more than the part holds is refused.</param>
    /// <param name="seed">Chooses the subset.</param>
    /// <param name="transform">zero-imaginary, learned-imaginary or grey.</param>
    /// <param name="inputBits">P.</param>
    public ImageFrameSource(ImageSet set, DataSplit split, int count, ulong seed, string transform, int inputBits)
    {
        this.set = set;
        int[] order = ImageSplit.Order(set, split, seed);
        if (count > order.Length)
        {
            string place = $"data.{split.ToString().ToLowerInvariant()}";
            throw new InputException("configuration", place, $"{count}", $"the {split.ToString().ToLowerInvariant()} part of {set.Name} has {order.Length} images", "Ask for fewer");
        }

        indices = order[..count];
        TransformName = transform;
        InputBits = inputBits;
        TransformParameters = new Dictionary<string, double> { ["sourceHeight"] = set.Height, ["sourceWidth"] = set.Width, ["sourceChannels"] = set.Channels };
        Configuration = string.Create(CultureInfo.InvariantCulture, $"set {set.Name} content {set.Hash()} split {split} count {count} seed {seed} transform {transform} bits {inputBits}");
    }

    public int Count => indices.Length;

    public int Height => Side;

    public int Width => Side;

    public int Channels => ChannelsOf(TransformName);

    public int Classes => set.ClassNames.Count;

    public int InputBits { get; }

    public IReadOnlyList<string> ClassNames => set.ClassNames;

    public string Configuration { get; }

    public string TransformName { get; }

    public IReadOnlyDictionary<string, double> TransformParameters { get; }

    /// <summary>Channels that a transform makes.</summary>
    public static int ChannelsOf(string transform) => transform == Grey ? 1 : Colours;

    public void Fill(int index, Span<float> re, Span<float> im)
    {
        var quantizer = new InputQuantizer(InputBits);
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
        ReadOnlySpan<byte> image = set.Image(indices[index]);
        int top = (Side - set.Height) / 2, left = (Side - set.Width) / 2;
        re.Clear();
        im.Fill((byte)(1 << (InputBits - 1)));
        for (int c = 0; c < Channels; c++)
        {
            for (int y = 0; y < set.Height; y++)
            {
                for (int x = 0; x < set.Width; x++)
                {
                    re[(((c * Side) + top + y) * Side) + left + x] = (byte)(Pixel(image, c, (y * set.Width) + x) >> (8 - InputBits));
                }
            }
        }
    }

    private int Pixel(ReadOnlySpan<byte> image, int channel, int at)
    {
        int plane = set.Height * set.Width;
        return Channels == 1 && set.Channels == 3
            ? ((299 * image[at]) + (587 * image[plane + at]) + (114 * image[(2 * plane) + at]) + 500) / 1000
            : image[(channel % set.Channels * plane) + at];
    }

    public int Label(int index) => set.Labels[indices[index]];

    /// <summary>Images have none.</summary>
    public float Tag(int index) => float.NaN;
}
