using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers.Real;

/// <summary>Effective real weights [Cout, T] and their transpose, the matrix that follows the patch rows.</summary>
internal sealed unsafe class RealWeights<T>(ConvolutionShape shape) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Numbers of one part, some tens of microseconds.
    private const int Block = 1 << 14;

    private readonly AlignedBuffer<T> matrix = new(shape.Weights);
    private readonly AlignedBuffer<T> transposed = new(shape.Weights);

    /// <summary>[T, Cout].</summary>
    public T* Matrix => matrix.Data;

    /// <summary>[Cout, T].</summary>
    public T* Transposed => transposed.Data;

    /// <param name="weight">[Cout, T].</param>
    /// <param name="gate">Factor of each behind sign or rounding.</param>
    /// <param name="bits">As <see cref="RealForm.WeightBits"/>.</param>
    /// <param name="work">Threads.</param>
    public void Load(T[] weight, T[] gate, int bits, WorkSplit work)
    {
        if (bits > 1)
        {
            Round(weight, gate, bits);
        }
        else
        {
            work.RunParts(WorkSplit.Pieces(weight.Length, Block), (part, _) => Take(weight, gate, bits == 1, part * Block));
        }

        Transposition.Run(Transposed, shape.OutputChannels, shape.Taps, Matrix, work);
    }

    public void Dispose()
    {
        matrix.Dispose();
        transposed.Dispose();
    }

    private void Take(T[] weight, T[] gate, bool binary, int first)
    {
        int i = first, end = Math.Min(weight.Length, first + Block);
        for (int width = Vector<T>.Count; i <= end - width; i += width)
        {
            Vector<T> value = new(weight, i);
            Vector<T> used = binary ? Vector.ConditionalSelect(Vector.GreaterThanOrEqual(value, Vector<T>.Zero), Vector<T>.One, -Vector<T>.One) : value;
            (used * new Vector<T>(gate, i)).Store(Transposed + i);
        }

        for (; i < end; i++)
        {
            Transposed[i] = (!binary ? weight[i] : weight[i] >= T.Zero ? T.One : -T.One) * gate[i];
        }
    }

    // Symmetric, one step per layer: 0 stays 0, so a pruned weight is no level of its own. Weights behind a gate of 0 stretch no step.
    private void Round(T[] weight, T[] gate, int bits)
    {
        T largest = T.Zero;
        for (int i = 0; i < weight.Length; i++)
        {
            largest = gate[i] == T.Zero ? largest : T.Max(largest, T.Abs(weight[i]));
        }

        T levels = T.CreateChecked((1 << (bits - 1)) - 1), step = largest / levels;
        for (int i = 0; i < weight.Length; i++)
        {
            Transposed[i] = largest == T.Zero ? T.Zero : T.Round(weight[i] / step) * step * gate[i];
        }
    }
}
