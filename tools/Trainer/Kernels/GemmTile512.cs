using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// The 8 x 2-vector register tile of 512 bits: 16 accumulators, two panel loads and eight broadcasts per k. On Zen 4, where one
/// 512-bit fused multiply-add is issued per cycle, 16 independent sums cover its latency four times.
/// Every row is written out: only locals are sure to stay in registers.
/// </summary>
internal static unsafe class GemmTile512
{
    public const int Rows = 8;

    /// <summary>C tile (+)= A[rows, depth] panel[depth, 2 vectors]. Rows from <paramref name="rows"/> on repeat row 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(MatrixView<T> a, T* panel, T* c, int stride, int depth, bool add, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int w = Vector512<T>.Count;
        int s = a.RowStride;
        T* p0 = a.Data;
        T* p1 = rows > 1 ? p0 + s : p0;
        T* p2 = rows > 2 ? p0 + (2 * s) : p0;
        T* p3 = rows > 3 ? p0 + (3 * s) : p0;
        T* p4 = rows > 4 ? p0 + (4 * s) : p0;
        T* p5 = rows > 5 ? p0 + (5 * s) : p0;
        T* p6 = rows > 6 ? p0 + (6 * s) : p0;
        T* p7 = rows > 7 ? p0 + (7 * s) : p0;
        Vector512<T> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default;
        Vector512<T> a4 = default, b4 = default, a5 = default, b5 = default, a6 = default, b6 = default, a7 = default, b7 = default;
        if (add)
        {
            (a0, b0) = Load(c, w);
            (a1, b1) = Load(c + stride, w);
            (a2, b2) = Load(c + (2 * stride), w);
            (a3, b3) = Load(c + (3 * stride), w);
            (a4, b4) = Load(c + (4 * stride), w);
            (a5, b5) = Load(c + (5 * stride), w);
            (a6, b6) = Load(c + (6 * stride), w);
            (a7, b7) = Load(c + (7 * stride), w);
        }

        nint o = 0;
        nint step = a.DepthStride;
        for (int k = 0; k < depth; k++)
        {
            Vector512<T> x = Vector512.Load(panel);
            Vector512<T> y = Vector512.Load(panel + w);
            panel += 2 * w;
            Vector512<T> v = Vector512.Create(p0[o]);
            a0 = Fma(v, x, a0);
            b0 = Fma(v, y, b0);
            v = Vector512.Create(p1[o]);
            a1 = Fma(v, x, a1);
            b1 = Fma(v, y, b1);
            v = Vector512.Create(p2[o]);
            a2 = Fma(v, x, a2);
            b2 = Fma(v, y, b2);
            v = Vector512.Create(p3[o]);
            a3 = Fma(v, x, a3);
            b3 = Fma(v, y, b3);
            v = Vector512.Create(p4[o]);
            a4 = Fma(v, x, a4);
            b4 = Fma(v, y, b4);
            v = Vector512.Create(p5[o]);
            a5 = Fma(v, x, a5);
            b5 = Fma(v, y, b5);
            v = Vector512.Create(p6[o]);
            a6 = Fma(v, x, a6);
            b6 = Fma(v, y, b6);
            v = Vector512.Create(p7[o]);
            a7 = Fma(v, x, a7);
            b7 = Fma(v, y, b7);
            o += step;
        }

        Store(a0, b0, c, w);
        Store(a1, b1, c + stride, w);
        Store(a2, b2, c + (2 * stride), w);
        Store(a3, b3, c + (3 * stride), w);
        Store(a4, b4, c + (4 * stride), w);
        Store(a5, b5, c + (5 * stride), w);
        Store(a6, b6, c + (6 * stride), w);
        Store(a7, b7, c + (7 * stride), w);
    }

    /// <summary>The same over the first vector of every row of the panel alone: for few columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunHalf<T>(MatrixView<T> a, T* panel, T* c, int stride, int depth, bool add, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int w = Vector512<T>.Count;
        int s = a.RowStride;
        T* p0 = a.Data;
        T* p1 = rows > 1 ? p0 + s : p0;
        T* p2 = rows > 2 ? p0 + (2 * s) : p0;
        T* p3 = rows > 3 ? p0 + (3 * s) : p0;
        T* p4 = rows > 4 ? p0 + (4 * s) : p0;
        T* p5 = rows > 5 ? p0 + (5 * s) : p0;
        T* p6 = rows > 6 ? p0 + (6 * s) : p0;
        T* p7 = rows > 7 ? p0 + (7 * s) : p0;
        Vector512<T> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        if (add)
        {
            a0 = Vector512.Load(c);
            a1 = Vector512.Load(c + stride);
            a2 = Vector512.Load(c + (2 * stride));
            a3 = Vector512.Load(c + (3 * stride));
            a4 = Vector512.Load(c + (4 * stride));
            a5 = Vector512.Load(c + (5 * stride));
            a6 = Vector512.Load(c + (6 * stride));
            a7 = Vector512.Load(c + (7 * stride));
        }

        nint o = 0;
        nint step = a.DepthStride;
        for (int k = 0; k < depth; k++)
        {
            Vector512<T> x = Vector512.Load(panel);
            panel += 2 * w;
            a0 = Fma(Vector512.Create(p0[o]), x, a0);
            a1 = Fma(Vector512.Create(p1[o]), x, a1);
            a2 = Fma(Vector512.Create(p2[o]), x, a2);
            a3 = Fma(Vector512.Create(p3[o]), x, a3);
            a4 = Fma(Vector512.Create(p4[o]), x, a4);
            a5 = Fma(Vector512.Create(p5[o]), x, a5);
            a6 = Fma(Vector512.Create(p6[o]), x, a6);
            a7 = Fma(Vector512.Create(p7[o]), x, a7);
            o += step;
        }

        a0.Store(c);
        a1.Store(c + stride);
        a2.Store(c + (2 * stride));
        a3.Store(c + (3 * stride));
        a4.Store(c + (4 * stride));
        a5.Store(c + (5 * stride));
        a6.Store(c + (6 * stride));
        a7.Store(c + (7 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<T> First, Vector512<T> Second) Load<T>(T* c, int width)
        where T : unmanaged => (Vector512.Load(c), Vector512.Load(c + width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector512<T> first, Vector512<T> second, T* c, int width)
        where T : unmanaged
    {
        first.Store(c);
        second.Store(c + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Fma<T>(Vector512<T> x, Vector512<T> y, Vector512<T> sum)
        where T : unmanaged => typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), sum.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), sum.AsDouble()).As<double, T>();
}
