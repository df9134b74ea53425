using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// The learned imaginary part of real images: batch norm, ReLU, 1x1 convolution C->C, batch norm, ReLU, 1x1 convolution C->C
/// with bias, on every pixel of the real lanes x in [-1, 1]; clipped to [-1, 1] and put on the P-bit grid in the imaginary
/// lanes of the same batch. Straight-through: the gradient passes the grid where |y| &lt;= 1. Never pruned. The operations of
/// a pixel and their order are those of <see cref="LearnedImaginary"/>, which the host runs in float32.
/// </summary>
public sealed unsafe class ImaginaryBranch<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Added to the variance.</summary>
    public const double Epsilon = 1e-5;

    private readonly MapShape shape;
    private readonly bool onGrid;
    private readonly InputQuantizer quantizer;
    private readonly AlignedBuffer<T> inner;
    private readonly AlignedBuffer<T> outer;
    private readonly ImaginaryGradients<T> gradients;
    private double[] mean1 = [];
    private double[] mean2 = [];

    /// <param name="shape">Of the input.</param>
    /// <param name="inputBits">P.</param>
    /// <param name="batch">Most images.</param>
    /// <param name="onGrid">False leaves the grid out: the form finite differences can test.</param>
    public ImaginaryBranch(MapShape shape, int inputBits, int batch, bool onGrid)
    {
        this.shape = shape;
        this.onGrid = onGrid;
        quantizer = new InputQuantizer(inputBits);
        long length = (long)batch * shape.Pixels * shape.Channels;
        (inner, outer, OutputGradient) = (new(length), new(length), new(length));
        State = new ImaginaryState<T>(shape.Channels);
        gradients = new ImaginaryGradients<T>(State, shape, T.CreateChecked(quantizer.Steps));
    }

    public ImaginaryState<T> State { get; }

    /// <summary>Gradient of the imaginary lanes, [image][y][x][C]; filled by the first convolution before <see cref="Backward"/>.</summary>
    public AlignedBuffer<T> OutputGradient { get; }

    /// <summary>Writes the imaginary lanes; reads only the real ones, so a second call changes nothing.</summary>
    public void Forward(FeatureBatch<T> input, bool training, WorkSplit work)
    {
        if (training)
        {
            T top = T.CreateChecked(quantizer.Steps);
            (mean1, State.BatchMean1, State.BatchVariance1) = PixelMoments.Of(input.Values, 2 * shape.Channels, shape, input.Count, top, work);
        }

        Coefficients<T> first = State.First(training);
        work.RunImages(input.Count, (image, images, _) => Inner(input, first, image, images));
        if (training)
        {
            (mean2, State.BatchMean2, State.BatchVariance2) = PixelMoments.Of(inner.Span, shape.Channels, shape, input.Count, T.One, work);
            State.MoveStatistics();
        }

        Coefficients<T> second = State.Second(training);
        work.RunImages(input.Count, (image, images, _) => Outer(input, second, image, images));
    }

    /// <summary>Sets the parameter gradients, after a training forward of the same input.</summary>
    public void Backward(FeatureBatch<T> input, WorkSplit work) =>
        gradients.Set(input, inner, outer, OutputGradient, mean1, mean2, work);

    public void Dispose()
    {
        inner.Dispose();
        outer.Dispose();
        OutputGradient.Dispose();
    }

    private void Inner(FeatureBatch<T> input, Coefficients<T> first, int image, int images)
    {
        int channels = shape.Channels;
        T top = T.CreateChecked(quantizer.Steps);
        T* hidden = stackalloc T[channels];
        T* z = inner.Data + ((long)image * shape.Pixels * channels);
        T* x = input.Image(image);
        for (int p = 0; p < images * shape.Pixels; p++, x += 2 * channels, z += channels)
        {
            for (int c = 0; c < channels; c++)
            {
                hidden[c] = T.Max(T.Zero, (x[c] / top * first.Scale[c]) + first.Shift[c]);
            }

            Mix(hidden, State.Weight1, z, channels);
        }
    }

    private void Outer(FeatureBatch<T> input, Coefficients<T> second, int image, int images)
    {
        int channels = shape.Channels;
        T steps = T.CreateChecked(quantizer.Steps);
        T* hidden = stackalloc T[channels];
        T* z = inner.Data + ((long)image * shape.Pixels * channels);
        T* y = outer.Data + ((long)image * shape.Pixels * channels);
        T* target = input.Image(image) + channels;
        for (int p = 0; p < images * shape.Pixels; p++, z += channels, y += channels, target += 2 * channels)
        {
            for (int c = 0; c < channels; c++)
            {
                hidden[c] = T.Max(T.Zero, (z[c] * second.Scale[c]) + second.Shift[c]);
            }

            Mix(hidden, State.Weight2, y, channels);
            for (int c = 0; c < channels; c++)
            {
                y[c] += State.Bias[c];
                target[c] = onGrid
                    ? T.CreateChecked(quantizer.Integer(quantizer.Quantize(double.CreateChecked(y[c]))))
                    : T.Clamp(y[c], -T.One, T.One) * steps;
            }
        }
    }

    // Sums over input channels in rising order, starting with the first product: the order the host follows.
    private static void Mix(T* values, T[] weights, T* sums, int channels)
    {
        for (int o = 0; o < channels; o++)
        {
            T sum = values[0] * weights[o * channels];
            for (int c = 1; c < channels; c++)
            {
                sum += values[c] * weights[(o * channels) + c];
            }

            sums[o] = sum;
        }
    }
}
