using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers.Real;

/// <summary>
/// The same graph as <see cref="ComplexNet{T}"/> in real numbers: convolutions with maximum or sum pooling, batch norm or bias,
/// activation, residual adds of values, a linear head on the averaged features. It reads the same frames, v = 2u - (2^P - 1)
/// over 2^P - 1: their real parts, or both parts as 2C channels where <see cref="NetShape.InputChannels"/> says so.
/// </summary>
public sealed unsafe class RealNet<T> : INetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MapGraph<T> graph;
    private readonly FeatureBatch<T> frame;
    private readonly T scale;

    public RealNet(NetShape shape, int batch, RealForm form)
    {
        Shape = shape;
        Batch = batch;
        Form = form;
        scale = T.One / T.CreateChecked((1 << shape.InputBits) - 1);
        frame = new(batch, shape.Input with { Channels = shape.InputChannels }, 1);
        Convolutions = [.. shape.Layers.Select(layer => new RealConvolution<T>(layer, batch, form.WeightBits))];
        Norms = [.. shape.Layers.Select((layer, i) => new RealNorm<T>(new(layer.OutputChannels), shape.Links[i].Values ? ActivationKind.Linear : form.Activation, form.BatchNorm))];
        Prunable = [.. Convolutions.Select((c, i) => new PrunableWeights<T>($"conv{i + 1}", c.Shape, [c.Weight], [c.Gradient], c.Gate, Norms[i].State.Mask, Form.WeightBits == 1) { ChannelState = Norms[i].State.Values })];
        Head = new ClassifierHead<T>(shape.Layers[^1].Output, shape.Classes, shape.Relu, 1, form.BatchNorm);
        graph = new(shape, batch, 1, form.Activation, [.. Convolutions.Select((c, i) => new RealStage<T>(c, Norms[i]))], Head)
        {
            MaskGradient = i => Prunable[i].MaskGradient,
        };
    }

    public NetShape Shape { get; }

    public RealForm Form { get; }

    public int Batch { get; }

    public IReadOnlyList<RealConvolution<T>> Convolutions { get; }

    public IReadOnlyList<RealNorm<T>> Norms { get; }

    public IReadOnlyList<PrunableWeights<T>> Prunable { get; }

    public ClassifierHead<T> Head { get; }

    public Dropout<T>? Dropout
    {
        get => graph.Dropout;
        set => graph.Dropout = value;
    }

    public long MapLength => graph.Length + ((long)Batch * frame.ImageLength);

    /// <summary>Activated map of layer i, of the last batch.</summary>
    public FeatureBatch<T> Map(int layer) => graph.Maps[layer];

    public INetwork<T> WithShape(NetShape shape) => new RealNet<T>(shape, Batch, Form);

    public T[] Forward(FeatureBatch<T> input, bool training, WorkSplit work)
    {
        frame.Count = input.Count;
        work.RunImages(input.Count, (first, images, _) => Take(input, first, images));
        return graph.Forward(frame, training, work);
    }

    public void Backward(FeatureBatch<T> input, T[] dlogits, WorkSplit work) => graph.Backward(frame, dlogits, work);

    public void Refresh(WorkSplit? work = null)
    {
        foreach (RealConvolution<T> convolution in Convolutions)
        {
            convolution.Refresh(work);
        }
    }

    public IReadOnlyList<Parameter<T>> Parameters()
    {
        var list = new List<Parameter<T>>();
        for (int i = 0; i < Convolutions.Count; i++)
        {
            (RealConvolution<T> c, RealNormState<T> n) = (Convolutions[i], Norms[i].State);
            list.Add(new($"conv{i + 1}.weight", c.Weight, c.Gradient, Form.WeightBits == 1));
            AddNorm(list, $"norm{i + 1}", (n.Gain, n.GainGradient), (n.Shift, n.ShiftGradient));
        }

        list.Add(new("head.weight", Head.Weight, Head.WeightGradient, false));
        AddNorm(list, "head", (Head.Gain, Head.GainGradient), (Head.Shift, Head.ShiftGradient));
        return list;
    }

    public IReadOnlyList<(string Name, T[] Value)> Statistics()
    {
        var list = new List<(string, T[])>();
        for (int i = 0; i < Norms.Count; i++)
        {
            list.Add(($"norm{i + 1}.mask", Norms[i].State.Mask));
            list.Add(($"conv{i + 1}.gate", Convolutions[i].Gate));
            if (Form.BatchNorm)
            {
                list.Add(($"norm{i + 1}.mean", Norms[i].State.RunningMean));
                list.Add(($"norm{i + 1}.variance", Norms[i].State.RunningVariance));
            }
        }

        if (Form.BatchNorm)
        {
            list.Add(("head.mean", Head.RunningMean));
            list.Add(("head.variance", Head.RunningVariance));
        }

        return list;
    }

    public IReadOnlyList<(T[] Running, T[] Batch)> Moving() => !Form.BatchNorm ? [] :
    [
        .. Norms.SelectMany(norm => new[] { (norm.State.RunningMean, norm.BatchMean), (norm.State.RunningVariance, norm.BatchVariance) }),
        (Head.RunningMean, Head.BatchMean),
        (Head.RunningVariance, Head.BatchVariance),
    ];

    public void Dispose()
    {
        foreach (RealConvolution<T> convolution in Convolutions)
        {
            convolution.Dispose();
        }

        graph.Dispose();
        frame.Dispose();
    }

    private void AddNorm(List<Parameter<T>> list, string name, (T[] Value, T[] Gradient) gain, (T[] Value, T[] Gradient) shift)
    {
        if (Form.BatchNorm)
        {
            list.Add(new(name + ".gain", gain.Value, gain.Gradient, false));
        }

        list.Add(new(name + ".shift", shift.Value, shift.Gradient, false));
    }

    // The first lanes of a pixel are its real parts.
    private void Take(FeatureBatch<T> input, int first, int images)
    {
        int wide = input.Lanes, taken = frame.Lanes;
        T* from = input.Image(first);
        T* to = frame.Image(first);
        for (int p = 0; p < images * input.Shape.Pixels; p++, from += wide, to += taken)
        {
            for (int lane = 0; lane < taken; lane++)
            {
                to[lane] = from[lane] * scale;
            }
        }
    }
}
