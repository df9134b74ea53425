using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// A trainable network, complex or real, as training and pruning see it. One batch at a time: <see cref="Backward"/> belongs to
/// the <see cref="Forward"/> in training before it, on the same unchanged input. The bits do not depend on the threads.
/// </summary>
public interface INetwork<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    NetShape Shape { get; }

    /// <summary>Most images of one pass.</summary>
    int Batch { get; }

    /// <summary>One view per convolution, in the order of <see cref="NetShape.Layers"/>; the same objects in every call.</summary>
    IReadOnlyList<PrunableWeights<T>> Prunable { get; }

    /// <summary>Never pruned unless asked; not among <see cref="Prunable"/>.</summary>
    ClassifierHead<T> Head { get; }

    /// <summary>Numbers held in maps, gradients of the last backward pass included.</summary>
    long MapLength { get; }

    /// <summary>An untrained network of the same arithmetic on another shape; the caller owns it.</summary>
    INetwork<T> WithShape(NetShape shape);

    /// <summary>Of the forward and backward passes from here on; null = none.</summary>
    Dropout<T>? Dropout { get; set; }

    /// <summary>Logits [image][class]. In training the statistics of the batch are used, and the running ones follow them.</summary>
    T[] Forward(FeatureBatch<T> input, bool training, WorkSplit work);

    /// <summary>Sets every gradient. Those of <see cref="Prunable"/> are of the effective weights, not yet multiplied by their gates.</summary>
    void Backward(FeatureBatch<T> input, T[] dlogits, WorkSplit work);

    /// <summary>Must follow every change of weights or gates; on the threads of <paramref name="work"/>, or one.</summary>
    void Refresh(WorkSplit? work = null);

    /// <summary>Trained arrays in a fixed order.</summary>
    IReadOnlyList<Parameter<T>> Parameters();

    /// <summary>Arrays that are state but not trained: running statistics, masks and gates, in a fixed order.</summary>
    IReadOnlyList<(string Name, T[] Value)> Statistics();

    /// <summary>Each running statistic with that of the last training batch: what calibration averages.</summary>
    IReadOnlyList<(T[] Running, T[] Batch)> Moving();
}
