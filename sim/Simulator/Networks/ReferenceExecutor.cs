namespace BcnnSim.Networks;

/// <summary>
/// The judge of results: runs a network in plain integer loops on unpacked integers. It shares nothing with the machine but
/// the file readers: no packer, no dot product, no pooling or norm code. The first layer is computed on the integer values
/// v = 2u - (2^P - 1) directly, so it also judges the bit-plane decomposition. Not thread safe: one executor per thread.
/// </summary>
public sealed class ReferenceExecutor
{
    private readonly Network network;
    private readonly ReferenceConvolution[] layers;

    public ReferenceExecutor(Network network)
    {
        this.network = network;
        layers = [.. network.Layers.Select(layer => new ReferenceConvolution(layer, network.PlanesOf(layer)))];
    }

    /// <summary>One frame on a network used once; keep an executor for many frames.</summary>
    public static ReferenceResult Run(Network network, Frame frame) => new ReferenceExecutor(network).Run(frame);

    /// <summary>Class, scores and every intermediate map of one frame.</summary>
    /// <param name="frame">A frame of the network's input shape.</param>
    /// <param name="keepAccumulators">Also keep the sums before each norm (four bytes per component).</param>
    public ReferenceResult Run(Frame frame, bool keepAccumulators = false)
    {
        if (frame.Shape != new FrameShape(network.Input))
        {
            throw new ArgumentException($"frame is {frame.Shape}, network {network.Name} takes {new FrameShape(network.Input)}", nameof(frame));
        }

        List<ReferenceMap> maps = new(layers.Length);
        Dictionary<string, ReferenceMap> byName = new(StringComparer.Ordinal);
        for (int i = 0; i < layers.Length; i++)
        {
            ConvolutionLayer layer = network.Layers[i];
            (int[] re, int[] im) = layer.Source == Network.InputName ? Unpack(frame) : Bits(byName[layer.Source]);
            (short[], short[])? residual = layer.Residual is null ? null : byName[layer.Residual].Values;
            ReferenceMap map = layers[i].Run(re, im, residual, keepAccumulators);
            maps.Add(map);
            byName.Add(layer.Name, map);
        }

        long[] scores = network.Classifier is null ? [] : Scores(network.Classifier, byName[network.Classifier.Source]);
        return new ReferenceResult(LowestLargest(scores), scores, maps);
    }

    private static (int[] Re, int[] Im) Bits(ReferenceMap map)
        => (Array.ConvertAll(map.Re, static v => (int)v), Array.ConvertAll(map.Im, static v => (int)v));

    private static (int[] Re, int[] Im) Unpack(Frame frame)
    {
        FrameShape shape = frame.Shape;
        int[] re = new int[shape.Values];
        int[] im = new int[shape.Values];
        int offset = (1 << shape.InputBits) - 1;
        int at = 0;
        for (int y = 0; y < shape.Height; y++)
        {
            for (int x = 0; x < shape.Width; x++)
            {
                for (int c = 0; c < shape.Channels; c++, at++)
                {
                    re[at] = (2 * frame.ReValue(y, x, c)) - offset;
                    im[at] = (2 * frame.ImValue(y, x, c)) - offset;
                }
            }
        }

        return (re, im);
    }

    /// <summary>Bits or values, as the classifier asks; ReLU turns what is negative to 0.</summary>
    private static (int[] Re, int[] Im) Features(ClassifierLayer head, ReferenceMap map)
    {
        if (!head.ReadsValues)
        {
            return Bits(map);
        }

        (short[] re, short[] im) = map.Values ?? throw new InvalidOperationException($"layer {map.Layer} has no values");
        int least = head.Relu ? 0 : short.MinValue;
        return (Array.ConvertAll(re, v => Math.Max((int)v, least)), Array.ConvertAll(im, v => Math.Max((int)v, least)));
    }

    private static long[] Scores(ClassifierLayer head, ReferenceMap map)
    {
        (int[] re, int[] im) = Features(head, map);
        int channels = head.InputShape.Channels;
        long[] features = new long[head.Features];
        for (int i = 0; i < re.Length; i++)
        {
            features[i % channels] += re[i];
            features[channels + (i % channels)] += im[i];
        }

        long[] scores = new long[head.ClassCount];
        for (int k = 0; k < scores.Length; k++)
        {
            scores[k] = head.Bias[k];
            for (int j = 0; j < features.Length; j++)
            {
                scores[k] += head.Weights[(k * features.Length) + j] * features[j];
            }
        }

        return scores;
    }

    private static int LowestLargest(long[] scores)
    {
        int best = scores.Length == 0 ? -1 : 0;
        for (int k = 1; k < scores.Length; k++)
        {
            best = scores[k] > scores[best] ? k : best;
        }

        return best;
    }
}
