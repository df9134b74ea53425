using System.Numerics;
using BcnnSim.Trainer.Kernels;
using Xunit;

namespace BcnnSim.Trainer.Tests.Kernels;

public unsafe class GemmTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(8, 32, 128)]
    [InlineData(9, 33, 129)]
    [InlineData(17, 5, 300)]
    [InlineData(64, 70, 260)]
    public void Product_of_small_integers_is_exact_in_every_edge_case(int rows, int columns, int depth)
    {
        for (int variant = 0; variant < 4; variant++)
        {
            bool transposed = (variant & 1) != 0;
            bool accumulate = (variant & 2) != 0;
            Exact<float>(rows, columns, depth, transposed, accumulate);
            Exact<double>(rows, columns, depth, transposed, accumulate);
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        const int Seed = 5;
        const int Rows = 301;
        const int Columns = 45;
        const int Depth = 517;
        float[] a = new float[Rows * Depth], b = new float[Depth * Columns];
        SeededValues.Fill<float>(Seed, a);
        SeededValues.Fill<float>(Seed + 1, b);
        float[] one = Product(a, b, 1);
        foreach (int threads in new[] { 2, 3, 7 })
        {
            Assert.True(one.AsSpan().SequenceEqual(Product(a, b, threads)), $"{threads} threads, seed {Seed}");
        }

        static float[] Product(float[] a, float[] b, int threads)
        {
            var c = new float[Rows * Columns];
            fixed (float* pa = a, pb = b, pc = c)
            {
                Gemm.Multiply(new(pa, Depth, 1), pb, Columns, pc, Columns, new(Rows, Columns, Depth), false, threads);
            }

            return c;
        }
    }

    [Theory]
    [InlineData(100, 300)]
    [InlineData(33, 128)]
    [InlineData(7, 129)]
    public void A_whole_matrix_packed_on_several_threads_holds_the_panels_of_its_blocks(int columns, int depth)
    {
        float[] matrix = new float[columns * depth], packed = new float[Gemm.PackedLength<float>(columns, depth)], expected = new float[packed.Length];
        SeededValues.Fill<float>(columns, matrix);
        fixed (float* from = matrix, to = packed, whole = expected)
        {
            Gemm.Pack(from, columns, columns, depth, to, new WorkSplit(3));
            for (int k = 0; k < depth; k += Gemm.DepthBlock)
            {
                GemmPanel.Pack(from + (k * columns), columns, Math.Min(Gemm.DepthBlock, depth - k), columns, whole + Gemm.PackedLength<float>(columns, k));
            }
        }

        Assert.Equal(expected, packed);
    }

    private static void Exact<T>(int rows, int columns, int depth, bool transposed, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(rows + (31 * columns) + (977 * depth));
        T[] a = Integers<T>(random, rows * depth), b = Integers<T>(random, depth * columns), c = Integers<T>(random, rows * columns);
        T[] expected = (T[])c.Clone();
        for (int m = 0; m < rows; m++)
        {
            for (int n = 0; n < columns; n++)
            {
                T sum = accumulate ? c[(m * columns) + n] : T.Zero;
                for (int k = 0; k < depth; k++)
                {
                    sum += a[transposed ? (k * rows) + m : (m * depth) + k] * b[(k * columns) + n];
                }

                expected[(m * columns) + n] = sum;
            }
        }

        fixed (T* pa = a, pb = b, pc = c, panel = new T[Gemm.PanelLength<T>(columns)])
        {
            MatrixView<T> view = transposed ? new(pa, 1, rows) : new(pa, depth, 1);
            Gemm.Multiply(view, pb, columns, pc, columns, new(rows, columns, depth), accumulate, panel);
        }

        Assert.Equal(expected, c);
    }

    private static T[] Integers<T>(Random random, int length)
        where T : unmanaged, INumberBase<T>
    {
        var values = new T[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = T.CreateChecked(random.Next(-8, 9));
        }

        return values;
    }
}
