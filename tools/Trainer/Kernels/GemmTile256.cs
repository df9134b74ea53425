using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// The 6 x 2-vector register tile of 256 bits: of 16 registers twelve hold sums, which two fused multiply-adds per cycle of four
/// cycles' latency need eight of, two the panel, one a broadcast. Sums are taken as in <see cref="GemmTile512"/>: the same bits.
/// Every row is written out: only locals are sure to stay in registers.
/// </summary>
internal static unsafe class GemmTile256
{
    public const int Rows = 6;

    /// <summary>C tile (+)= A[rows, depth] panel[depth, 2 vectors]. Rows from <paramref name="rows"/> on repeat row 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(MatrixView<T> a, T* panel, T* c, int stride, int depth, bool add, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int w = Vector256<T>.Count;
        int s = a.RowStride;
        T* p0 = a.Data;
        T* p1 = rows > 1 ? p0 + s : p0;
        T* p2 = rows > 2 ? p0 + (2 * s) : p0;
        T* p3 = rows > 3 ? p0 + (3 * s) : p0;
        T* p4 = rows > 4 ? p0 + (4 * s) : p0;
        T* p5 = rows > 5 ? p0 + (5 * s) : p0;
        Vector256<T> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default;
        Vector256<T> a3 = default, b3 = default, a4 = default, b4 = default, a5 = default, b5 = default;
        if (add)
        {
            (a0, b0) = Load(c, w);
            (a1, b1) = Load(c + stride, w);
            (a2, b2) = Load(c + (2 * stride), w);
            (a3, b3) = Load(c + (3 * stride), w);
            (a4, b4) = Load(c + (4 * stride), w);
            (a5, b5) = Load(c + (5 * stride), w);
        }

        nint o = 0;
        nint step = a.DepthStride;
        for (int k = 0; k < depth; k++)
        {
            Vector256<T> x = Vector256.Load(panel);
            Vector256<T> y = Vector256.Load(panel + w);
            panel += 2 * w;
            Vector256<T> v = Vector256.Create(p0[o]);
            a0 = Fma(v, x, a0);
            b0 = Fma(v, y, b0);
            v = Vector256.Create(p1[o]);
            a1 = Fma(v, x, a1);
            b1 = Fma(v, y, b1);
            v = Vector256.Create(p2[o]);
            a2 = Fma(v, x, a2);
            b2 = Fma(v, y, b2);
            v = Vector256.Create(p3[o]);
            a3 = Fma(v, x, a3);
            b3 = Fma(v, y, b3);
            v = Vector256.Create(p4[o]);
            a4 = Fma(v, x, a4);
            b4 = Fma(v, y, b4);
            v = Vector256.Create(p5[o]);
            a5 = Fma(v, x, a5);
            b5 = Fma(v, y, b5);
            o += step;
        }

        Store(a0, b0, c, w);
        Store(a1, b1, c + stride, w);
        Store(a2, b2, c + (2 * stride), w);
        Store(a3, b3, c + (3 * stride), w);
        Store(a4, b4, c + (4 * stride), w);
        Store(a5, b5, c + (5 * stride), w);
    }

    /// <summary>The same over the first vector of every row of the panel alone: for few columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunHalf<T>(MatrixView<T> a, T* panel, T* c, int stride, int depth, bool add, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int w = Vector256<T>.Count;
        int s = a.RowStride;
        T* p0 = a.Data;
        T* p1 = rows > 1 ? p0 + s : p0;
        T* p2 = rows > 2 ? p0 + (2 * s) : p0;
        T* p3 = rows > 3 ? p0 + (3 * s) : p0;
        T* p4 = rows > 4 ? p0 + (4 * s) : p0;
        T* p5 = rows > 5 ? p0 + (5 * s) : p0;
        Vector256<T> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        if (add)
        {
            a0 = Vector256.Load(c);
            a1 = Vector256.Load(c + stride);
            a2 = Vector256.Load(c + (2 * stride));
            a3 = Vector256.Load(c + (3 * stride));
            a4 = Vector256.Load(c + (4 * stride));
            a5 = Vector256.Load(c + (5 * stride));
        }

        nint o = 0;
        nint step = a.DepthStride;
        for (int k = 0; k < depth; k++)
        {
            Vector256<T> x = Vector256.Load(panel);
            panel += 2 * w;
            a0 = Fma(Vector256.Create(p0[o]), x, a0);
            a1 = Fma(Vector256.Create(p1[o]), x, a1);
            a2 = Fma(Vector256.Create(p2[o]), x, a2);
            a3 = Fma(Vector256.Create(p3[o]), x, a3);
            a4 = Fma(Vector256.Create(p4[o]), x, a4);
            a5 = Fma(Vector256.Create(p5[o]), x, a5);
            o += step;
        }

        a0.Store(c);
        a1.Store(c + stride);
        a2.Store(c + (2 * stride));
        a3.Store(c + (3 * stride));
        a4.Store(c + (4 * stride));
        a5.Store(c + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<T> First, Vector256<T> Second) Load<T>(T* c, int width)
        where T : unmanaged => (Vector256.Load(c), Vector256.Load(c + width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector256<T> first, Vector256<T> second, T* c, int width)
        where T : unmanaged
    {
        first.Store(c);
        second.Store(c + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Fma<T>(Vector256<T> x, Vector256<T> y, Vector256<T> sum)
        where T : unmanaged => typeof(T) == typeof(float)
            ? Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), sum.AsSingle()).As<float, T>()
            : Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), sum.AsDouble()).As<double, T>();
}
