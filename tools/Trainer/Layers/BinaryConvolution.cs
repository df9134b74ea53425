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

    private int ImagesPerProduct => products.ImagesPerProduct;

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
        work.RunImages(
            x.Count,
            (first, images, scratch) =>
            {
                for (int i = first; i < first + images; i += ImagesPerProduct)
                {
                    ForwardGroup(x, y, i, Math.Min(ImagesPerProduct, first + images - i), scratch);
                }
            },
            products.ImagesPerPiece);
    }

    /// <summary>Sets the weight gradients and, where asked, dx; <paramref name="add"/> adds to dx, for maps with several readers.</summary>
    public void Backward(FeatureBatch<T> x, FeatureBatch<T> dy, FeatureBatch<T>? dx, WorkSplit work, bool add = false)
    {
        int chunks = WorkSplit.Chunks(x.Count), piece = products.ImagesPerPiece;
        long length = 4 * Shape.Weights;
        T* partials = work.Shared.Take<T>(0, chunks * length);

        // Long pieces first: the short ones fill what is left at the end.
        work.RunParts(chunks + (dx is null ? 0 : WorkSplit.Pieces(x.Count, piece)), (part, scratch) =>
        {
            if (part < chunks)
            {
                BackwardWeights(x, dy, part * WorkSplit.ChunkImages, partials + (part * length), scratch);
            }
            else
            {
                BackwardInput(dy, dx!, (part - chunks) * piece, piece, scratch, add);
            }
        });
        Merge(partials, chunks, length, work);
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

    // One chunk of images.
    private void BackwardWeights(FeatureBatch<T> x, FeatureBatch<T> dy, int first, T* gradient, Scratch scratch)
    {
        int end = Math.Min(first + WorkSplit.ChunkImages, x.Count);
        for (int i = first; i < end; i += ImagesPerProduct)
        {
            int group = Math.Min(ImagesPerProduct, end - i);
            BackwardWeights(x, Unpooled(dy, i, group, scratch), i, group, scratch, gradient, i > first);
        }
    }

    private void BackwardInput(FeatureBatch<T> dy, FeatureBatch<T> dx, int first, int images, Scratch scratch, bool add)
    {
        int end = Math.Min(first + images, dy.Count);
        for (int i = first; i < end; i += ImagesPerProduct)
        {
            int group = Math.Min(ImagesPerProduct, end - i);
            products.Backward(Unpooled(dy, i, group, scratch), dx.Image(i), group, scratch, add);
        }
    }

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
