using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Export;

/// <summary>Binarized values of one layer that differ between the float and the integer network, each on its own path.</summary>
public sealed record BitDifference(string Layer, long Different, long Total)
{
    /// <summary>Counts over the first frames of a split.</summary>
    public static unsafe IReadOnlyList<BitDifference> Count(ComplexNet<float> net, IntegerNet integers, FrameStore frames, int count, FeatureBatch<float> input, WorkSplit work)
    {
        int layers = net.Convolutions.Count;
        var different = new long[layers];
        var total = new long[layers];
        var labels = new int[net.Batch];
        for (int first = 0; first < Math.Min(count, frames.Count); first += net.Batch)
        {
            int size = Math.Min(net.Batch, Math.Min(count, frames.Count) - first);
            frames.Load([.. Enumerable.Range(first, size)], input, labels);
            _ = net.Forward(input, false, work);
            _ = integers.Forward(input, work);
            for (int i = 0; i < layers; i++)
            {
                long length = (long)size * net.Map(i).ImageLength;
                total[i] += length;
                for (long k = 0; k < length; k++)
                {
                    different[i] += net.Map(i).Image(0)[k] == integers.Map(i).Image(0)[k] ? 0 : 1;
                }
            }
        }

        return [.. Enumerable.Range(0, layers).Select(i => new BitDifference($"conv{i + 1}", different[i], total[i]))];
    }
}
