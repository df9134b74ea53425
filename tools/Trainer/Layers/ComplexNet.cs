using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// A graph of binary complex convolutions, each with sum pooling, CGBN and sign, residual adds of values, and a real
/// classifier head on the last layer. Holds the maps of one batch for the backward pass.
/// </summary>
public sealed class ComplexNet<T> : INetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ActivationKind activation;
    private readonly FeatureBatch<T>[] sums;
    private readonly FeatureBatch<T>[] maps;
    private readonly FeatureBatch<T>?[] values;
    private readonly GradientPool<T> pool;

    public ComplexNet(NetShape shape, int batch, ActivationKind activation = ActivationKind.Sign, bool binary = true)
    {
        Shape = shape;
        Batch = batch;
        this.activation = activation;
        T scale = T.One / T.CreateChecked((1 << shape.InputBits) - 1);
        Convolutions = [.. shape.Layers.Select((layer, i) => new BinaryConvolution<T>(layer, shape.ReadsFrame(i) ? scale : T.One, binary))];
        Norms = [.. shape.Layers.Select((layer, i) => new NormActivation<T>(new(layer.OutputChannels), shape.Links[i].Values ? ActivationKind.Linear : activation))];
        Prunable = [.. Convolutions.Select((c, i) => new PrunableWeights<T>($"conv{i + 1}", c.Shape, [c.WeightRe, c.WeightIm], [c.GradientRe, c.GradientIm], c.Gate, Norms[i].State.Mask, binary))];
        Head = new ClassifierHead<T>(shape.Layers[^1].Output, shape.Classes, shape.Relu);
        sums = [.. shape.Layers.Select(layer => new FeatureBatch<T>(batch, layer.Output))];
        maps = [.. shape.Layers.Select(layer => new FeatureBatch<T>(batch, layer.Output))];
        values = [.. shape.Layers.Select((layer, i) => shape.Links[i].Values ? new FeatureBatch<T>(batch, layer.Output) : null)];
        pool = new GradientPool<T>(batch);
        Imaginary = shape.LearnedImaginary ? new(shape.Input, shape.InputBits, batch, onGrid: activation == ActivationKind.Sign) : null;
    }

    public NetShape Shape { get; }

    /// <summary>Values lie on it, in training and evaluation; null leaves them unrounded.</summary>
    public ValueGrid<T>? Grid { get; set; }

    /// <summary>Most images of one pass.</summary>
    public int Batch { get; }

    public IReadOnlyList<BinaryConvolution<T>> Convolutions { get; }

    public IReadOnlyList<NormActivation<T>> Norms { get; }

    public IReadOnlyList<PrunableWeights<T>> Prunable { get; }

    public ClassifierHead<T> Head { get; }

    /// <summary>Numbers held in maps, gradients of the last backward pass included.</summary>
    public long MapLength => sums.Concat(maps).Concat(values.OfType<FeatureBatch<T>>()).Sum(map => (long)map.Capacity * map.ImageLength) + pool.Length;

    /// <summary>Of real images with a learned imaginary part; it fills the imaginary lanes of every input.</summary>
    public ImaginaryBranch<T>? Imaginary { get; }

    /// <summary>Activated map of layer i, of the last batch.</summary>
    public FeatureBatch<T> Map(int layer) => maps[layer];

    /// <summary>Values of layer i after its add, of the last batch; null where it has bits only.</summary>
    public FeatureBatch<T>? Values(int layer) => values[layer];

    /// <summary>Largest |value| of the last batch over all layers with values; 0 without any.</summary>
    public T LargestValue()
    {
        T largest = T.Zero;
        foreach (FeatureBatch<T> layer in values.OfType<FeatureBatch<T>>())
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
        for (int i = 0; i < Convolutions.Count; i++)
        {
            LayerLink link = Shape.Links[i];
            Convolutions[i].Forward(Read(input, link), sums[i], work);
            Norms[i].Forward(sums[i], values[i] ?? maps[i], training, work);
            if (values[i] is { } own)
            {
                FeatureBatch<T>? shortcut = link.Residual == LayerLink.None ? null : values[link.Residual];
                ResidualAdd<T>.Forward(own, shortcut, maps[i], Norms[i].State.Mask, activation, Grid, work);
            }
        }

        return Head.Forward(values[^1] ?? maps[^1], training);
    }

    /// <summary>All parameter gradients, after a training forward of the same input.</summary>
    public void Backward(FeatureBatch<T> input, T[] dlogits, WorkSplit work)
    {
        // Gradients by layer, null until a reader of the layer has given its share; readers come later in the order.
        var bits = new FeatureBatch<T>?[Convolutions.Count];
        var sum = new FeatureBatch<T>?[Convolutions.Count];
        FeatureBatch<T> last = pool.Take(maps[^1].Shape, input.Count);
        Head.Backward(dlogits, values[^1] ?? maps[^1], last);
        (values[^1] is null ? bits : sum)[^1] = last;
        for (int i = Convolutions.Count - 1; i >= 0; i--)
        {
            LayerLink link = Shape.Links[i];
            FeatureBatch<T> gradient = Gathered(i, bits[i], sum[i], work);
            FeatureBatch<T> sumGradient = pool.Take(sums[i].Shape, input.Count);
            Norms[i].Backward(sums[i], gradient, sumGradient, work);
            PassOn(link, gradient, sum, work);
            bool add = link.Source != LayerLink.Frame && bits[link.Source] is not null;
            FeatureBatch<T>? dx = link.Source == LayerLink.Frame ? null : bits[link.Source] ??= pool.Take(maps[link.Source].Shape, input.Count);
            Convolutions[i].Backward(Read(input, link), sumGradient, dx, work, add);
            if (Imaginary is { } branch && link.Source == LayerLink.Frame)
            {
                Convolutions[i].ImaginaryGradient(sumGradient, branch.OutputGradient, work);
            }

            pool.Return(sumGradient);
        }

        Imaginary?.Backward(input, work);
    }

    /// <summary>Must follow every change of weights or gates.</summary>
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

        foreach (FeatureBatch<T> map in sums.Concat(maps).Concat(values.OfType<FeatureBatch<T>>()))
        {
            map.Dispose();
        }

        pool.Dispose();
        Imaginary?.Dispose();
    }

    private FeatureBatch<T> Read(FeatureBatch<T> input, LayerLink link) => link.Source == LayerLink.Frame ? input : maps[link.Source];

    // Gradient of what the norm leaves: of the bits, or of the values with what came through their bits.
    private FeatureBatch<T> Gathered(int layer, FeatureBatch<T>? ofBits, FeatureBatch<T>? ofValues, WorkSplit work)
    {
        if (values[layer] is not { } own || ofBits is null)
        {
            return ofValues ?? ofBits ?? throw new InvalidOperationException($"nothing reads layer {layer}");
        }

        FeatureBatch<T> total = ofValues ?? pool.Take(own.Shape, own.Count);
        ResidualAdd<T>.Backward(own, ofBits, total, ofValues is not null, Norms[layer].State.Mask, work);
        pool.Return(ofBits);
        return total;
    }

    // An add hands its gradient to the shortcut unchanged: the map itself where the shortcut has none yet.
    private void PassOn(LayerLink link, FeatureBatch<T> gradient, FeatureBatch<T>?[] sum, WorkSplit work)
    {
        if (link.Residual != LayerLink.None && sum[link.Residual] is null)
        {
            sum[link.Residual] = gradient;
            return;
        }

        if (link.Residual != LayerLink.None)
        {
            ResidualAdd<T>.Add(gradient, sum[link.Residual]!, work);
        }

        pool.Return(gradient);
    }
}
