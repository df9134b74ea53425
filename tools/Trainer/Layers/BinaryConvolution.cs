using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// Complex convolution with latent weights used by sign, then sum pooling. Accumulators are whole numbers below 2^24 and so
/// exact in single precision; <paramref name="inputScale"/> (1/(2^P - 1) in the first layer, whose input is v = 2u - (2^P - 1))
/// is applied after the sum. Straight-through: dW = the gradient of the sign.
/// </summary>
public sealed unsafe partial class BinaryConvolution<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T inputScale;
    private readonly ComplexWeights<T> weights;
    private readonly PatchProducts<T> products;
    private readonly AlignedBuffer<T> partial;

    public BinaryConvolution(ConvolutionShape shape, T inputScale, bool binary = true)
    {
        this.inputScale = inputScale;
        Shape = shape;
        Binary = binary;
        weights = new(shape);
        products = new(shape.Window, 2 * shape.OutputChannels);
        partial = new(4 * shape.Weights);
        (WeightRe, WeightIm, Gate) = (new T[shape.Weights], new T[shape.Weights], new T[shape.Weights]);
        (GradientRe, GradientIm) = (new T[shape.Weights], new T[shape.Weights]);
        Array.Fill(Gate, T.One);
    }

    public ConvolutionShape Shape { get; }

    /// <summary>Weights are used by sign; otherwise by value.</summary>
    public bool Binary { get; }

    /// <summary>Latent real parts, [Cout, T].</summary>
    public T[] WeightRe { get; }

    /// <summary>Latent imaginary parts, [Cout, T].</summary>
    public T[] WeightIm { get; }

    /// <summary>Factor of each weight in the forward pass, both parts, [Cout, T].</summary>
    public T[] Gate { get; }

    /// <summary>Of the weight behind sign and gate, as is <see cref="GradientIm"/>.</summary>
    public T[] GradientRe { get; }

    public T[] GradientIm { get; }

    /// <summary>Must follow every change of the weights or gates; on the threads of <paramref name="work"/>, or one.</summary>
    public void Refresh(WorkSplit? work = null)
    {
        work ??= new WorkSplit(1);
        weights.Load(WeightRe, WeightIm, Gate, Binary, work);
        products.Load(weights.Matrix, weights.Transposed, work);
    }

    /// <summary>y = scale * pooled(w * x).</summary>
    public void Forward(FeatureBatch<T> x, FeatureBatch<T> y, WorkSplit work)
    {
        y.Count = x.Count;
        products.RunGroups(x.Count, work, (first, images, scratch) => ForwardGroup(x, y, first, images, scratch));
    }

    /// <summary>Sets the weight gradients and, where asked, dx; <paramref name="add"/> adds to dx, for maps with several readers.</summary>
    public void Backward(FeatureBatch<T> x, FeatureBatch<T> dy, FeatureBatch<T>? dx, WorkSplit work, bool add = false)
    {
        long length = 4 * Shape.Weights;
        T* partials = work.Shared.Take<T>(0, WorkSplit.Chunks(x.Count) * length);
        Action<int, int, Scratch>? input = dx is null ? null : (first, images, scratch) => InputGradients(dy, dx, first, images, scratch, add);
        products.RunGroups(x.Count, work, input, (chunk, first, images, scratch) => BackwardWeights(
            x, Unpooled(dy, first, images, scratch), first, images, scratch, partials + (chunk * length), add: !WorkSplit.BeginsChunk(first)));
        Merge(partials, WorkSplit.Chunks(x.Count), length, work);
    }

    public void Dispose()
    {
        weights.Dispose();
        products.Dispose();
        partial.Dispose();
    }

    private void ForwardGroup(FeatureBatch<T> x, FeatureBatch<T> y, int first, int images, Scratch scratch)
    {
        WindowShape window = Shape.Window;
        int columns = 2 * Shape.OutputChannels;
        bool pooled = Shape.SumPool > 1 || inputScale != T.One;
        T* sums = pooled ? scratch.Take<T>(1, (long)images * window.OutPixels * columns) : y.Image(first);
        products.Forward(x.Image(first), sums, images, scratch);
        for (int i = 0; pooled && i < images; i++)
        {
            SumPooling.Forward(Shape.Convolved, columns, Shape.SumPool, inputScale, sums + ((long)i * window.OutPixels * columns), y.Image(first + i));
        }
    }

    private void InputGradients(FeatureBatch<T> dy, FeatureBatch<T> dx, int first, int images, Scratch scratch, bool add) =>
        products.Backward(Unpooled(dy, first, images, scratch), dx.Image(first), images, scratch, add);

    private void BackwardWeights(FeatureBatch<T> x, T* sums, int first, int images, Scratch scratch, T* gradient, bool add)
    {
        WindowShape window = Shape.Window;
        int columns = 2 * Shape.OutputChannels;
        int pixels = images * window.OutPixels;
        T* rows = products.Patches(x.Image(first), images, scratch);
        T* panel = scratch.Take<T>(3, Gemm.PanelLength<T>(columns));
        Gemm.Multiply(new(rows, 1, window.RowLength), sums, columns, gradient, columns, new(window.RowLength, columns, pixels), add, panel);
    }

    private T* Unpooled(FeatureBatch<T> dy, int first, int images, Scratch scratch)
    {
        if (Shape.SumPool == 1 && inputScale == T.One)
        {
            return dy.Image(first);
        }

        long length = (long)Shape.Window.OutPixels * 2 * Shape.OutputChannels;
        T* sums = scratch.Take<T>(1, images * length);
        for (int i = 0; i < images; i++)
        {
            SumPooling.Backward(Shape.Convolved, 2 * Shape.OutputChannels, Shape.SumPool, inputScale, dy.Image(first + i), sums + (i * length));
        }

        return sums;
    }

    private void Merge(T* partials, int chunks, long length, WorkSplit work)
    {
        PatchRows.Merge(partials, chunks, length, partial.Data, work);
        weights.Fold(partial.Data, GradientRe, GradientIm, work);
    }
}
