using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// Re-estimates the running statistics as the plain mean of the batch statistics over a fixed subset of the training set.
/// Binary weights flip in jumps, so exponential averages lag behind the network they describe. The subset is a fixed shuffle:
/// radio bursts lie ordered by SNR, and batches of neighbours gave statistics no training batch has (validation accuracy then
/// swung by four points at a learning rate of nearly zero).
/// </summary>
public static class Calibration
{
    /// <summary>The frames of the subset: the first <paramref name="count"/> of a shuffle that depends on nothing else.</summary>
    public static int[] Order(int total, int count) => new SeededStream(0, "calibration").Permutation(total)[..Math.Min(count, total)];

    /// <summary>Whole batches only, for a short last one would weigh as much as the others.</summary>
    public static void Run(INetwork net, FrameStore frames, ReadOnlySpan<int> order, FeatureBatch<float> input, WorkSplit work)
    {
        int size = Math.Min(net.Batch, order.Length);
        int batches = order.Length / size;
        var sums = net.Moving().Select(s => new double[s.Running.Length]).ToArray();
        var labels = new int[net.Batch];
        for (int b = 0; b < batches; b++)
        {
            frames.Load(order.Slice(b * size, size), input, labels, work: work);
            _ = net.Forward(input, true, work);
            foreach (((_, float[] batch), double[] sum) in net.Moving().Zip(sums))
            {
                Add(batch, sum);
            }
        }

        foreach (((float[] running, _), double[] sum) in net.Moving().Zip(sums))
        {
            for (int i = 0; i < running.Length; i++)
            {
                running[i] = (float)(sum[i] / batches);
            }
        }
    }

    private static void Add(ReadOnlySpan<float> values, double[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += values[i];
        }
    }
}
