using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers.Real;

/// <summary>
/// Real convolution, then maximum or sum pooling. Weights by value, or latent ones by sign or rounded to a few bits; the gradient is
/// that of the weight behind these and the gate (straight-through). Sums of a batch are merged by chunks of images, or, where a layer has few pixels
/// and many weights, taken over the whole batch by blocks of filters: neither depends on the threads.
/// </summary>
public sealed unsafe class RealConvolution<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Filters of one block, in whole register tiles.
    private const int FilterBlock = 64;

    private readonly RealWeights<T> weights;
    private readonly PatchProducts<T> products;
    private readonly FeatureBatch<T>? choices;
    private readonly int weightBits;

    /// <param name="shape">Geometry; weights [Cout, T].</param>
    /// <param name="batch">Most images.</param>
    /// <param name="weightBits">0: by value; 1: signs, sign(0) = +1; 2..8: rounded (<see cref="RealForm"/>).</param>
    public RealConvolution(ConvolutionShape shape, int batch, int weightBits)
    {
        Shape = shape;
        this.weightBits = weightBits;
        weights = new(shape);
        products = new(shape.RealWindow, shape.OutputChannels);
        choices = shape.MaxPool > 1 ? new(batch, shape.Output, 1) : null;
        (Weight, Gradient, Gate) = (new T[shape.Weights], new T[shape.Weights], new T[shape.Weights]);
        Array.Fill(Gate, T.One);
    }

    public ConvolutionShape Shape { get; }

    /// <summary>[Cout, T]; latent where they are used by sign or rounded.</summary>
    public T[] Weight { get; }

    /// <summary>Of the weight behind sign and gate.</summary>
    public T[] Gradient { get; }

    /// <summary>Factor of each weight in the forward pass.</summary>
    public T[] Gate { get; }

    private bool Pools => Shape.MaxPool > 1 || Shape.SumPool > 1;

    private int ConvolvedLength => Shape.RealWindow.OutPixels * Shape.OutputChannels;

    /// <summary>Must follow every change of the weights or gates; on the threads of <paramref name="work"/>, or one.</summary>
    public void Refresh(WorkSplit? work = null)
    {
        work ??= new WorkSplit(1);
        weights.Load(Weight, Gate, weightBits, work);
        products.Load(weights.Matrix, weights.Transposed, work);
    }

    /// <summary>y = pooled(w * x).</summary>
    public void Forward(FeatureBatch<T> x, FeatureBatch<T> y, WorkSplit work)
    {
        y.Count = x.Count;
        products.RunGroups(x.Count, work, (first, images, scratch) => ForwardGroup(x, y, first, images, scratch));
    }

    /// <summary>Sets the weight gradient and, where asked, dx; <paramref name="add"/> adds to dx, for maps with several readers.</summary>
    public void Backward(FeatureBatch<T> x, FeatureBatch<T> dy, FeatureBatch<T>? dx, WorkSplit work, bool add = false)
    {
        bool whole = !Pools && Shape.RealWindow.IsIdentity && Shape.RealWindow.OutPixels == 1;
        int chunks = WorkSplit.Chunks(x.Count);
        T* partials = work.Shared.Take<T>(0, whole ? 1 : chunks * Shape.Weights);
        Action<int, int, Scratch>? input = dx is null ? null : (first, images, scratch) => InputGradients(dy, dx, first, images, scratch, add);
        Action<int, int, int, Scratch>? filters = whole ? null : (chunk, first, images, scratch) => FilterGradients(
            x.Image(first), Unpooled(dy, first, images, scratch), images, scratch, partials + (chunk * Shape.Weights), add: !WorkSplit.BeginsChunk(first));
        products.RunGroups(x.Count, work, input, filters);
        if (whole)
        {
            WholeGradient(x, dy, work);
        }
        else
        {
            Merge(partials, chunks, work);
        }
    }

    public void Dispose()
    {
        weights.Dispose();
        products.Dispose();
        choices?.Dispose();
    }

    private void ForwardGroup(FeatureBatch<T> x, FeatureBatch<T> y, int first, int images, Scratch scratch)
    {
        T* sums = Pools ? scratch.Take<T>(1, (long)images * ConvolvedLength) : y.Image(first);
        products.Forward(x.Image(first), sums, images, scratch);
        for (int n = 0; Pools && n < images; n++)
        {
            Pool(sums + ((long)n * ConvolvedLength), y, first + n);
        }
    }

    private void InputGradients(FeatureBatch<T> dy, FeatureBatch<T> dx, int first, int images, Scratch scratch, bool add) =>
        products.Backward(Unpooled(dy, first, images, scratch), dx.Image(first), images, scratch, add);

    // [Cout, T] = sums^T patches: filters as rows waste less of the register tile than few filters as columns.
    private void FilterGradients(T* x, T* sums, int images, Scratch scratch, T* gradient, bool add)
    {
        WindowShape window = Shape.RealWindow;
        T* rows = products.Patches(x, images, scratch);
        T* panel = scratch.Take<T>(3, Gemm.PanelLength<T>(window.RowLength));
        var size = new GemmSize(Shape.OutputChannels, window.RowLength, images * window.OutPixels);
        Gemm.Multiply(new(sums, 1, Shape.OutputChannels), rows, window.RowLength, gradient, window.RowLength, size, add, panel);
    }

    private void WholeGradient(FeatureBatch<T> x, FeatureBatch<T> dy, WorkSplit work)
    {
        int taps = Shape.Taps, filters = Shape.OutputChannels, images = x.Count;
        T* packed = work.Shared.Take<T>(1, Gemm.PackedLength<T>(taps, images));
        Gemm.Pack(x.Image(0), taps, taps, images, packed, work);
        fixed (T* target = Gradient)
        {
            T* gradient = target;
            work.RunParts(WorkSplit.Pieces(filters, FilterBlock), (part, _) =>
            {
                int first = part * FilterBlock;
                var size = new GemmSize(Math.Min(FilterBlock, filters - first), taps, images);
                Gemm.MultiplyPacked(new(dy.Image(0) + first, 1, filters), packed, gradient + ((long)first * taps), taps, size, false);
            });
        }
    }

    private void Merge(T* partials, int chunks, WorkSplit work)
    {
        fixed (T* gradient = Gradient)
        {
            PatchRows.Merge(partials, chunks, Gradient.Length, gradient, work);
        }
    }

    private void Pool(T* sums, FeatureBatch<T> y, int image)
    {
        if (choices is not null)
        {
            MaxPooling.Forward(Shape.Convolved, Shape.MaxPool, sums, y.Image(image), choices.Image(image));
        }
        else
        {
            SumPooling.Forward(Shape.Convolved, Shape.OutputChannels, Shape.SumPool, T.One, sums, y.Image(image));
        }
    }

    private T* Unpooled(FeatureBatch<T> dy, int first, int images, Scratch scratch)
    {
        if (!Pools)
        {
            return dy.Image(first);
        }

        T* sums = scratch.Take<T>(1, (long)images * ConvolvedLength);
        for (int i = 0; i < images; i++)
        {
            T* target = sums + ((long)i * ConvolvedLength);
            if (choices is not null)
            {
                MaxPooling.Backward(Shape.Convolved, Shape.MaxPool, dy.Image(first + i), choices.Image(first + i), target);
            }
            else
            {
                SumPooling.Backward(Shape.Convolved, Shape.OutputChannels, Shape.SumPool, T.One, dy.Image(first + i), target);
            }
        }

        return sums;
    }
}
