using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// The machine's 16-bit values with F fraction bits, held as float: floor(v 2^F + 0.5), saturated, over 2^F (network.md section 1).
/// All of it is exact in single precision but the sum with 0.5, which may move a value within 2^-9 of a tie.
/// </summary>
public sealed unsafe class ValueGrid<T>(int fractionBits)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector<T> unit = new(T.ScaleB(T.One, fractionBits));
    private readonly Vector<T> step = new(T.ScaleB(T.One, -fractionBits));
    private readonly Vector<T> half = new(T.CreateChecked(0.5));
    private readonly Vector<T> least = new(T.ScaleB(T.CreateChecked(short.MinValue), -fractionBits));
    private readonly Vector<T> most = new(T.ScaleB(T.CreateChecked(short.MaxValue), -fractionBits));

    /// <summary>F.</summary>
    public int FractionBits => fractionBits;

    /// <summary>Rounds and saturates in place. At least one vector long.</summary>
    public void Round(T* values, int length)
    {
        // The last vector overlaps the one before: what is rounded stays where it is.
        for (int block = 0; block < length; block += Vector<T>.Count)
        {
            T* at = values + Math.Min(block, length - Vector<T>.Count);
            Vector<T> rounded = Floor((Vector.Load(at) * unit) + half) * step;
            Vector.Min(Vector.Max(rounded, least), most).Store(at);
        }
    }

    /// <summary>Saturates sums of two values on the grid, in place.</summary>
    public void Saturate(T* values, int length)
    {
        for (int block = 0; block < length; block += Vector<T>.Count)
        {
            T* at = values + Math.Min(block, length - Vector<T>.Count);
            Vector.Min(Vector.Max(Vector.Load(at), least), most).Store(at);
        }
    }

    private static Vector<T> Floor(Vector<T> x) => typeof(T) == typeof(float)
        ? Vector.Floor(x.As<T, float>()).As<float, T>()
        : Vector.Floor(x.As<T, double>()).As<double, T>();
}
