using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Export;

/// <summary>
/// Fast integer evaluation of an exported network: accumulators are whole numbers below 2^24, exact in the float product;
/// norm, values, features and scores are integers. Held equal to ReferenceExecutor by tests. Removed weights
/// are products with 0. No max pooling.
/// </summary>
public sealed unsafe class IntegerNet : IDisposable
{
    /// <summary>Whole numbers of float32 are exact below it.</summary>
    public const long SumLimit = 1 << 24;

    private readonly Network network;
    private readonly BinaryConvolution<float>[] convolutions;
    private readonly FeatureBatch<float>[] sums;
    private readonly FeatureBatch<float>[] maps;
    private readonly int[] sources;
    private readonly IntegerValues?[] values;

    public IntegerNet(Network network, int batch)
    {
        this.network = network;
        Batch = batch;
        convolutions = [.. network.Layers.Select(Convolution)];
        sums = [.. network.Layers.Select(layer => new FeatureBatch<float>(batch, layer.NormShape))];
        maps = [.. network.Layers.Select(layer => new FeatureBatch<float>(batch, layer.OutputShape))];
        sources = [.. network.Layers.Select(layer => Index(layer.Source))];
        values = new IntegerValues?[convolutions.Length];
        for (int i = 0; i < values.Length; i++)
        {
            ConvolutionLayer layer = network.Layers[i];
            FeatureBatch<short>? residual = layer.Residual is null ? null : values[Index(layer.Residual)]!.Values;
            values[i] = layer.Output == OutputKind.Values ? new IntegerValues(layer, new FeatureBatch<short>(batch, layer.OutputShape), residual) : null;
        }
    }

    public int Batch { get; }

    /// <summary>What a component of a pooled sum of this many complex taps may come to, on inputs of <paramref name="inputBits"/>.</summary>
    public static long LargestSum(int taps, int inputBits, int sumPool) => 2L * taps * ((1 << inputBits) - 1) * sumPool * sumPool;

    /// <summary>Bits of layer i as +-1, of the last batch.</summary>
    public FeatureBatch<float> Map(int layer) => maps[layer];

    /// <summary>Values of layer i, of the last batch; null where it has bits only.</summary>
    public FeatureBatch<short>? Values(int layer) => values[layer]?.Values;

    /// <summary>Saturations since the start or the last evaluation began, one per layer with values.</summary>
    public IReadOnlyList<SaturationCount> Saturations => [.. values.OfType<IntegerValues>().Select(layer => layer.Saturations)];

    /// <summary>Scores [image][class]; the input holds v = 2u - (2^P - 1); a learned imaginary part is filled in first.</summary>
    public long[] Forward(FeatureBatch<float> input, WorkSplit work)
    {
        ImaginaryLanes.Fill(network.Input, input, work);
        for (int i = 0; i < convolutions.Length; i++)
        {
            int layer = i;
            convolutions[i].Forward(sources[i] < 0 ? input : maps[sources[i]], sums[i], work);
            maps[i].Count = input.Count;
            work.RunImages(input.Count, (first, images, _) => Leave(layer, first, images));
        }

        return Scores(input.Count);
    }

    /// <summary>Answers over a split.</summary>
    public EvaluationResult Evaluate(FrameStore frames, FeatureBatch<float> input, WorkSplit work)
    {
        var predictions = new int[frames.Count];
        var labels = new int[Batch];
        foreach (IntegerValues? layer in values)
        {
            layer?.Reset();
        }

        for (int first = 0; first < frames.Count; first += Batch)
        {
            int size = Math.Min(Batch, frames.Count - first);
            frames.Load([.. Enumerable.Range(first, size)], input, labels, work: work);
            long[] scores = Forward(input, work);
            for (int n = 0; n < size; n++)
            {
                predictions[first + n] = SoftmaxLoss.Best<long>(scores.AsSpan(n * frames.Classes, frames.Classes));
            }
        }

        return new(double.NaN, predictions, frames.Labels, frames.Tags, frames.Classes);
    }

    public void Dispose()
    {
        foreach (IDisposable item in convolutions.Cast<IDisposable>().Concat(sums).Concat(maps).Concat(values.OfType<IntegerValues>().Select(layer => layer.Values)))
        {
            item.Dispose();
        }
    }

    private int Index(string name) => network.Layers.TakeWhile(layer => layer.Name != name).Count() is int at && at < network.Layers.Count ? at : -1;

    private BinaryConvolution<float> Convolution(ConvolutionLayer layer)
    {
        var shape = new ConvolutionShape(
            layer.InputShape, layer.OutputChannels, layer.KernelHeight, layer.KernelWidth, layer.StrideY, layer.StrideX, layer.PaddingY, layer.PaddingX, layer.SumPool);
        int bits = layer.Source == Network.InputName ? network.Input.InputBits : 1;
        if (LargestSum(layer.Taps, bits, layer.SumPool) >= SumLimit || layer.MaxPool != 1)
        {
            throw new InputException(network.Name, layer.Name, "layer", "fast evaluation needs sums below 2^24 and no max pooling", "Use the reference executor");
        }

        var convolution = new BinaryConvolution<float>(shape, 1);
        Array.Clear(convolution.Gate);
        for (int o = 0; o < layer.OutputChannels; o++)
        {
            for (int column = 0; column < layer.Taps; column++)
            {
                int at = (o * layer.DenseTaps) + layer.TapOf(column);
                convolution.WeightRe[at] = layer.Weights.ReBit(o, column) ? 1 : -1;
                convolution.WeightIm[at] = layer.Weights.ImBit(o, column) ? 1 : -1;
                convolution.Gate[at] = layer.Weights.Kept(o, column) ? 1 : 0;
            }
        }

        convolution.Refresh();
        return convolution;
    }

    private void Leave(int layer, int first, int images)
    {
        for (int n = first; values[layer] is { } own && n < first + images; n++)
        {
            own.Run(n, sums[layer].Image(n), maps[layer].Image(n));
        }

        if (values[layer] is null)
        {
            Binarize(layer, first, images);
        }
    }

    private void Binarize(int layer, int first, int images)
    {
        ConvolutionLayer node = network.Layers[layer];
        int channels = node.OutputChannels;
        for (int n = first; n < first + images; n++)
        {
            float* from = sums[layer].Image(n);
            float* to = maps[layer].Image(n);
            for (int p = 0; p < node.NormShape.Pixels; p++, from += 2 * channels, to += 2 * channels)
            {
                for (int c = 0; c < channels; c++)
                {
                    int bits = node.Norm.Bits(c, (long)from[c], (long)from[channels + c]);
                    to[c] = (2 * (bits & 1)) - 1;
                    to[channels + c] = (bits & 2) - 1;
                }
            }
        }
    }

    private long[] Scores(int count)
    {
        ClassifierLayer head = network.Classifier!;
        var scores = new long[count * head.ClassCount];
        var features = new long[head.Features];
        for (int n = 0; n < count; n++)
        {
            SumFeatures(n, features);
            for (int k = 0; k < head.ClassCount; k++)
            {
                long sum = head.Bias[k];
                for (int f = 0; f < head.Features; f++)
                {
                    sum += head.Weights[(k * head.Features) + f] * features[f];
                }

                scores[(n * head.ClassCount) + k] = sum;
            }
        }

        return scores;
    }

    private void SumFeatures(int image, long[] features)
    {
        ClassifierLayer head = network.Classifier!;
        int source = Index(head.Source);
        Array.Clear(features);
        for (int i = 0; i < head.InputShape.Pixels * features.Length; i++)
        {
            long value = head.ReadsValues ? values[source]!.Values.Image(image)[i] : (long)maps[source].Image(image)[i];
            features[i % features.Length] += head.Relu ? Math.Max(value, 0) : value;
        }
    }
}
