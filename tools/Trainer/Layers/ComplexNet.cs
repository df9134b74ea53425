using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// A chain of binary complex convolutions, each with sum pooling, CGBN and sign, and a real classifier head. Holds the maps
/// of one batch for the backward pass.
/// </summary>
public sealed class ComplexNet<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly FeatureBatch<T>[] sums;
    private readonly FeatureBatch<T>[] maps;
    private readonly FeatureBatch<T>[] sumGradients;
    private readonly FeatureBatch<T>[] mapGradients;

    public ComplexNet(NetShape shape, int batch, ActivationKind activation = ActivationKind.Sign, bool binary = true)
    {
        Shape = shape;
        Batch = batch;
        T scale = T.One / T.CreateChecked((1 << shape.InputBits) - 1);
        Convolutions = [.. shape.Layers.Select((layer, i) => new BinaryConvolution<T>(layer, i == 0 ? scale : T.One, binary))];
        Norms = [.. shape.Layers.Select(layer => new NormActivation<T>(new(layer.OutputChannels), activation))];
        Head = new ClassifierHead<T>(shape.Layers[^1].Output, shape.Classes);
        FeatureBatch<T>[] Maps() => [.. shape.Layers.Select(layer => new FeatureBatch<T>(batch, layer.Output))];
        (sums, maps, sumGradients, mapGradients) = (Maps(), Maps(), Maps(), Maps());
        Imaginary = shape.LearnedImaginary ? new(shape.Input, shape.InputBits, batch, onGrid: activation == ActivationKind.Sign) : null;
    }

    public NetShape Shape { get; }

    /// <summary>Most images of one pass.</summary>
    public int Batch { get; }

    public IReadOnlyList<BinaryConvolution<T>> Convolutions { get; }

    public IReadOnlyList<NormActivation<T>> Norms { get; }

    public ClassifierHead<T> Head { get; }

    /// <summary>Of real images with a learned imaginary part; it fills the imaginary lanes of every input.</summary>
    public ImaginaryBranch<T>? Imaginary { get; }

    /// <summary>Accumulators of layer i after pooling (times the input scale in layer 0), of the last batch.</summary>
    public FeatureBatch<T> Sums(int layer) => sums[layer];

    /// <summary>Activated map of layer i, of the last batch.</summary>
    public FeatureBatch<T> Map(int layer) => maps[layer];

    /// <summary>Logits [image][class]. The input holds v = 2u - (2^P - 1).</summary>
    public T[] Forward(FeatureBatch<T> input, bool training, WorkSplit work)
    {
        Imaginary?.Forward(input, training, work);
        FeatureBatch<T> x = input;
        for (int i = 0; i < Convolutions.Count; i++)
        {
            Convolutions[i].Forward(x, sums[i], work);
            Norms[i].Forward(sums[i], maps[i], training, work);
            x = maps[i];
        }

        return Head.Forward(x, training);
    }

    /// <summary>All parameter gradients, after a training forward of the same input.</summary>
    public void Backward(FeatureBatch<T> input, T[] dlogits, WorkSplit work)
    {
        Head.Backward(dlogits, mapGradients[^1], input.Count);
        for (int i = Convolutions.Count - 1; i >= 0; i--)
        {
            Norms[i].Backward(sums[i], mapGradients[i], sumGradients[i], work);
            FeatureBatch<T>? dx = i > 0 ? mapGradients[i - 1] : null;
            dx?.Count = input.Count;
            Convolutions[i].Backward(i > 0 ? maps[i - 1] : input, sumGradients[i], dx, work);
        }

        if (Imaginary is { } branch)
        {
            Convolutions[0].ImaginaryGradient(sumGradients[0], branch.OutputGradient, work);
            branch.Backward(input, work);
        }
    }

    /// <summary>Must follow every change of weights.</summary>
    public void Refresh()
    {
        foreach (BinaryConvolution<T> convolution in Convolutions)
        {
            convolution.Refresh();
        }
    }

    /// <summary>Trained arrays in a fixed order.</summary>
    public IReadOnlyList<Parameter<T>> Parameters()
    {
        var list = new List<Parameter<T>>();
        for (int i = 0; i < Convolutions.Count; i++)
        {
            (BinaryConvolution<T> c, NormState<T> n) = (Convolutions[i], Norms[i].State);
            list.Add(new($"conv{i + 1}.re", c.WeightRe, c.GradientRe, true));
            list.Add(new($"conv{i + 1}.im", c.WeightIm, c.GradientIm, true));
            list.Add(new($"norm{i + 1}.gainRe", n.GainRe, n.Gradients[0], false));
            list.Add(new($"norm{i + 1}.gainIm", n.GainIm, n.Gradients[1], false));
            list.Add(new($"norm{i + 1}.shiftRe", n.ShiftRe, n.Gradients[2], false));
            list.Add(new($"norm{i + 1}.shiftIm", n.ShiftIm, n.Gradients[3], false));
        }

        list.Add(new("head.weight", Head.Weight, Head.WeightGradient, false));
        list.Add(new("head.gain", Head.Gain, Head.GainGradient, false));
        list.Add(new("head.shift", Head.Shift, Head.ShiftGradient, false));
        list.AddRange(Imaginary?.State.Parameters() ?? []);
        return list;
    }

    /// <summary>Arrays that are state but not trained: statistics and masks, in a fixed order.</summary>
    public IReadOnlyList<(string Name, T[] Value)> Statistics()
    {
        var list = new List<(string, T[])>();
        for (int i = 0; i < Norms.Count; i++)
        {
            list.Add(($"norm{i + 1}.mean", Norms[i].State.RunningMean));
            list.Add(($"norm{i + 1}.variance", Norms[i].State.RunningVariance));
            list.Add(($"norm{i + 1}.mask", Norms[i].State.Mask));
        }

        list.Add(("head.mean", Head.RunningMean));
        list.Add(("head.variance", Head.RunningVariance));
        list.AddRange(Imaginary?.State.Statistics() ?? []);
        return list;
    }

    public void Dispose()
    {
        foreach (BinaryConvolution<T> convolution in Convolutions)
        {
            convolution.Dispose();
        }

        foreach (FeatureBatch<T> map in sums.Concat(maps).Concat(sumGradients).Concat(mapGradients))
        {
            map.Dispose();
        }

        Imaginary?.Dispose();
    }
}
