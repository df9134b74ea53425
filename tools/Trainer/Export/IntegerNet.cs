using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Export;

/// <summary>
/// Fast integer evaluation of an exported network: accumulators are whole numbers below 2^24, exact in the float product;
/// norm, features and scores are 64-bit integers. Held equal to ReferenceExecutor by tests. No max pooling, no masks.
/// </summary>
public sealed unsafe class IntegerNet : IDisposable
{
    private readonly Network network;
    private readonly BinaryConvolution<float>[] convolutions;
    private readonly FeatureBatch<float>[] sums;
    private readonly FeatureBatch<float>[] maps;

    public IntegerNet(Network network, int batch)
    {
        this.network = network;
        Batch = batch;
        convolutions = [.. network.Layers.Select(Convolution)];
        sums = [.. network.Layers.Select(layer => new FeatureBatch<float>(batch, layer.NormShape))];
        maps = [.. network.Layers.Select(layer => new FeatureBatch<float>(batch, layer.OutputShape))];
    }

    public int Batch { get; }

    /// <summary>Bits of layer i as +-1, of the last batch.</summary>
    public FeatureBatch<float> Map(int layer) => maps[layer];

    /// <summary>Scores [image][class]; the input holds v = 2u - (2^P - 1); a learned imaginary part is filled in first.</summary>
    public long[] Forward(FeatureBatch<float> input, WorkSplit work)
    {
        ImaginaryLanes.Fill(network.Input, input, work);
        FeatureBatch<float> x = input;
        for (int i = 0; i < convolutions.Length; i++)
        {
            int layer = i;
            convolutions[i].Forward(x, sums[i], work);
            maps[i].Count = x.Count;
            work.Run(x.Count, (_, first, images, _) => Binarize(layer, first, images));
            x = maps[i];
        }

        return Scores(x);
    }

    /// <summary>Answers over a split.</summary>
    public EvaluationResult Evaluate(FrameStore frames, FeatureBatch<float> input, WorkSplit work)
    {
        var predictions = new int[frames.Count];
        var labels = new int[Batch];
        for (int first = 0; first < frames.Count; first += Batch)
        {
            int size = Math.Min(Batch, frames.Count - first);
            frames.Load([.. Enumerable.Range(first, size)], input, labels);
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
        foreach (IDisposable item in convolutions.Cast<IDisposable>().Concat(sums).Concat(maps))
        {
            item.Dispose();
        }
    }

    private BinaryConvolution<float> Convolution(ConvolutionLayer layer)
    {
        var shape = new ConvolutionShape(
            layer.InputShape, layer.OutputChannels, layer.KernelHeight, layer.KernelWidth, layer.StrideY, layer.StrideX, layer.PaddingY, layer.PaddingX, layer.SumPool);
        long planes = layer.Source == "input" ? (1 << network.Input.InputBits) - 1 : 1;
        if (2L * layer.Taps * planes * layer.SumPool * layer.SumPool >= 1 << 24 || layer.MaxPool != 1 || layer.Weights.Mask is not null)
        {
            throw new InputException(network.Name, layer.Name, "layer", "fast evaluation needs sums below 2^24, no max pooling and no mask", "Use the reference executor");
        }

        var convolution = new BinaryConvolution<float>(shape, 1);
        for (int o = 0; o < layer.OutputChannels; o++)
        {
            for (int t = 0; t < layer.Taps; t++)
            {
                convolution.WeightRe[(o * layer.Taps) + t] = layer.Weights.ReBit(o, t) ? 1 : -1;
                convolution.WeightIm[(o * layer.Taps) + t] = layer.Weights.ImBit(o, t) ? 1 : -1;
            }
        }

        convolution.Refresh();
        return convolution;
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

    private long[] Scores(FeatureBatch<float> x)
    {
        ClassifierLayer head = network.Classifier!;
        var scores = new long[x.Count * head.ClassCount];
        var features = new long[head.Features];
        for (int n = 0; n < x.Count; n++)
        {
            Array.Clear(features);
            float* image = x.Image(n);
            for (int i = 0; i < x.ImageLength; i++)
            {
                features[i % head.Features] += (long)image[i];
            }

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
}
