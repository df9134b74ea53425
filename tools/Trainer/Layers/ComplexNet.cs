using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// A graph of complex convolutions, binary unless told otherwise, each with sum pooling, CGBN and an activation, residual adds
/// of values, and a real classifier head on the last layer. Holds the maps of one batch for the backward pass.
/// </summary>
public sealed class ComplexNet<T> : INetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MapGraph<T> graph;
    private readonly ActivationKind activation;

    public ComplexNet(NetShape shape, int batch, ActivationKind activation = ActivationKind.Sign, bool binary = true)
    {
        Shape = shape;
        Batch = batch;
        Binary = binary;
        this.activation = activation;
        T scale = T.One / T.CreateChecked((1 << shape.InputBits) - 1);
        Convolutions = [.. shape.Layers.Select((layer, i) => new BinaryConvolution<T>(layer, shape.ReadsFrame(i) ? scale : T.One, binary))];
        Norms = [.. shape.Layers.Select((layer, i) => new NormActivation<T>(new(layer.OutputChannels, shape.Norm != NormKind.Complex), shape.Links[i].Values ? ActivationKind.Linear : activation))];
        Prunable = [.. Convolutions.Select((c, i) => new PrunableWeights<T>($"conv{i + 1}", c.Shape, [c.WeightRe, c.WeightIm], [c.GradientRe, c.GradientIm], c.Gate, Norms[i].State.Mask, binary) { ChannelState = Norms[i].State.Values })];
        Head = new ClassifierHead<T>(shape.Layers[^1].Output, shape.Classes, shape.Relu);
        Imaginary = shape.LearnedImaginary ? new(shape.Input, shape.InputBits, batch, onGrid: activation == ActivationKind.Sign) : null;
        graph = new(shape, batch, 2, activation, [.. Convolutions.Select((c, i) => new ComplexStage<T>(c, Norms[i], shape.ReadsFrame(i) ? Imaginary : null))], Head)
        {
            MaskGradient = i => Prunable[i].MaskGradient,
        };
    }

    public NetShape Shape { get; }

    /// <summary>Values lie on it, in training and evaluation; null leaves them unrounded.</summary>
    public ValueGrid<T>? Grid
    {
        get => graph.Grid;
        set => graph.Grid = value;
    }

    /// <summary>Most images of one pass.</summary>
    public int Batch { get; }

    /// <summary>Weights are used by sign: what the machine runs.</summary>
    public bool Binary { get; }

    public IReadOnlyList<BinaryConvolution<T>> Convolutions { get; }

    public IReadOnlyList<NormActivation<T>> Norms { get; }

    public IReadOnlyList<PrunableWeights<T>> Prunable { get; }

    public ClassifierHead<T> Head { get; }

    public Dropout<T>? Dropout
    {
        get => graph.Dropout;
        set => graph.Dropout = value;
    }

    /// <summary>Numbers held in maps, gradients of the last backward pass included.</summary>
    public long MapLength => graph.Length;

    /// <summary>Of real images with a learned imaginary part; it fills the imaginary lanes of every input.</summary>
    public ImaginaryBranch<T>? Imaginary { get; }

    /// <summary>Values on the same grid.</summary>
    public INetwork<T> WithShape(NetShape shape) => new ComplexNet<T>(shape, Batch, activation, Binary) { Grid = Grid };

    /// <summary>Activated map of layer i, of the last batch.</summary>
    public FeatureBatch<T> Map(int layer) => graph.Maps[layer];

    /// <summary>Values of layer i after its add, of the last batch; null where it has bits only.</summary>
    public FeatureBatch<T>? Values(int layer) => graph.Values[layer];

    /// <summary>Largest |value| of the last batch over all layers with values; 0 without any.</summary>
    public T LargestValue()
    {
        T largest = T.Zero;
        foreach (FeatureBatch<T> layer in graph.Values.OfType<FeatureBatch<T>>())
        {
            foreach (T value in layer.Values[..(layer.Count * layer.ImageLength)])
            {
                largest = T.Max(largest, T.Abs(value));
            }
        }

        return largest;
    }

    /// <summary>Logits [image][class]. The input holds v = 2u - (2^P - 1).</summary>
    public T[] Forward(FeatureBatch<T> input, bool training, WorkSplit work)
    {
        Imaginary?.Forward(input, training, work);
        return graph.Forward(input, training, work);
    }

    /// <summary>All parameter gradients, after a training forward of the same input.</summary>
    public void Backward(FeatureBatch<T> input, T[] dlogits, WorkSplit work)
    {
        graph.Backward(input, dlogits, work);
        Imaginary?.Backward(input, work);
    }

    /// <summary>Must follow every change of weights or gates; on the threads of <paramref name="work"/>, or one.</summary>
    public void Refresh(WorkSplit? work = null)
    {
        foreach (BinaryConvolution<T> convolution in Convolutions)
        {
            convolution.Refresh(work);
        }
    }

    /// <summary>Trained arrays in a fixed order.</summary>
    public IReadOnlyList<Parameter<T>> Parameters()
    {
        var list = new List<Parameter<T>>();
        for (int i = 0; i < Convolutions.Count; i++)
        {
            (BinaryConvolution<T> c, NormState<T> n) = (Convolutions[i], Norms[i].State);
            list.Add(new($"conv{i + 1}.re", c.WeightRe, c.GradientRe, Binary));
            list.Add(new($"conv{i + 1}.im", c.WeightIm, c.GradientIm, Binary));
            list.Add(new($"norm{i + 1}.gainRe", n.GainRe, n.Gradients[0], false));
            if (!n.IsDiagonal)
            {
                list.Add(new($"norm{i + 1}.gainIm", n.GainIm, n.Gradients[1], false));
            }

            list.Add(new($"norm{i + 1}.shiftRe", n.ShiftRe, n.Gradients[2], false));
            list.Add(new($"norm{i + 1}.shiftIm", n.ShiftIm, n.Gradients[3], false));
        }

        list.Add(new("head.weight", Head.Weight, Head.WeightGradient, false));
        list.Add(new("head.gain", Head.Gain, Head.GainGradient, false));
        list.Add(new("head.shift", Head.Shift, Head.ShiftGradient, false));
        list.AddRange(Imaginary?.State.Parameters() ?? []);
        return list;
    }

    /// <summary>Arrays that are state but not trained: statistics, masks and gates, in a fixed order.</summary>
    public IReadOnlyList<(string Name, T[] Value)> Statistics()
    {
        var list = new List<(string, T[])>();
        for (int i = 0; i < Norms.Count; i++)
        {
            list.Add(($"norm{i + 1}.mean", Norms[i].State.RunningMean));
            list.Add(($"norm{i + 1}.variance", Norms[i].State.RunningVariance));
            list.Add(($"norm{i + 1}.mask", Norms[i].State.Mask));
            list.Add(($"conv{i + 1}.gate", Convolutions[i].Gate));
        }

        list.Add(("head.mean", Head.RunningMean));
        list.Add(("head.variance", Head.RunningVariance));
        list.AddRange(Imaginary?.State.Statistics() ?? []);
        return list;
    }

    /// <summary>Running statistics, each with that of the last training batch.</summary>
    public IReadOnlyList<(T[] Running, T[] Batch)> Moving()
    {
        var list = new List<(T[], T[])>();
        foreach (NormActivation<T> norm in Norms)
        {
            list.Add((norm.State.RunningMean, norm.BatchMean));
            list.Add((norm.State.RunningVariance, norm.BatchVariance));
        }

        list.Add((Head.RunningMean, Head.BatchMean));
        list.Add((Head.RunningVariance, Head.BatchVariance));
        list.AddRange(Imaginary?.State.Statistics().Select(s => s.Value).Zip(Imaginary.State.BatchStatistics()) ?? []);
        return list;
    }

    public void Dispose()
    {
        foreach (BinaryConvolution<T> convolution in Convolutions)
        {
            convolution.Dispose();
        }

        graph.Dispose();
        Imaginary?.Dispose();
    }
}
