using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Runs a float network over a split with its running statistics.</summary>
public static class FloatEvaluation
{
    /// <summary>Mean loss over the given frames.</summary>
    public static double MeanLoss(INetwork net, FrameStore frames, ReadOnlySpan<int> order, FeatureBatch<float> input, WorkSplit work)
    {
        var labels = new int[net.Batch];
        double loss = 0;
        for (int first = 0; first < order.Length; first += net.Batch)
        {
            int size = Math.Min(net.Batch, order.Length - first);
            frames.Load(order.Slice(first, size), input, labels, work: work);
            loss += SoftmaxLoss.Evaluate(net.Forward(input, false, work), labels.AsSpan(0, size), frames.Classes, null).LossSum;
        }

        return loss / order.Length;
    }

    public static EvaluationResult Run(INetwork net, FrameStore frames, FeatureBatch<float> input, WorkSplit work)
    {
        var predictions = new int[frames.Count];
        var labels = new int[net.Batch];
        double loss = 0;
        for (int first = 0; first < frames.Count; first += net.Batch)
        {
            int size = Math.Min(net.Batch, frames.Count - first);
            frames.Load([.. Enumerable.Range(first, size)], input, labels, work: work);
            float[] logits = net.Forward(input, false, work);
            loss += SoftmaxLoss.Evaluate(logits, labels.AsSpan(0, size), frames.Classes, null).LossSum;
            for (int n = 0; n < size; n++)
            {
                predictions[first + n] = SoftmaxLoss.Best<float>(logits.AsSpan(n * frames.Classes, frames.Classes));
            }
        }

        return new(loss / frames.Count, predictions, frames.Labels, frames.Tags, frames.Classes);
    }
}
