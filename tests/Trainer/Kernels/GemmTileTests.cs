using System.Numerics;
using System.Runtime.Intrinsics;
using BcnnSim.Trainer.Kernels;
using Xunit;

namespace BcnnSim.Trainer.Tests.Kernels;

/// <summary>
/// Both register tiles against one sum after the other, bit for bit, whatever this processor would choose. The runtime splits vectors
/// that the processor does not have.
/// </summary>
public sealed unsafe class GemmTileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(127)]
    [InlineData(128)]
    public void Sums_have_the_bits_of_one_addition_after_the_other(int depth)
    {
        for (int variant = 0; variant < 4; variant++)
        {
            bool transposed = (variant & 1) != 0, add = (variant & 2) != 0;
            Check<float>(GemmTile256.Run, GemmTile256.Rows, 2 * Vector256<float>.Count, depth, transposed, add);
            Check<double>(GemmTile256.Run, GemmTile256.Rows, 2 * Vector256<double>.Count, depth, transposed, add);
            Check<float>(GemmTile512.Run, GemmTile512.Rows, 2 * Vector512<float>.Count, depth, transposed, add);
            Check<double>(GemmTile512.Run, GemmTile512.Rows, 2 * Vector512<double>.Count, depth, transposed, add);
        }
    }

    private delegate void Tile<T>(MatrixView<T> a, T* panel, T* c, int stride, int depth, bool add, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>;

    // All numbers of rows: those that do not exist repeat row 0.
    private static void Check<T>(Tile<T> tile, int mostRows, int columns, int depth, bool transposed, bool add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = columns + 3;
        T[] a = new T[mostRows * depth], panel = new T[depth * columns], start = new T[mostRows * stride];
        SeededValues.Fill<T>(depth, a);
        SeededValues.Fill<T>(depth + 1, panel);
        SeededValues.Fill<T>(depth + 2, start);
        for (int rows = 1; rows <= mostRows; rows++)
        {
            T[] c = [.. start];
            fixed (T* pa = a, pp = panel, pc = c)
            {
                MatrixView<T> view = transposed ? new(pa, 1, mostRows) : new(pa, depth, 1);
                tile(view, pp, pc, stride, depth, add, rows);
                Assert.Equal(Expected(view, panel, start, stride, depth, add, rows, mostRows), c);
            }
        }
    }

    private static T[] Expected<T>(MatrixView<T> a, T[] panel, T[] start, int stride, int depth, bool add, int rows, int mostRows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int columns = panel.Length / depth;
        T[] c = [.. start];
        for (int m = 0; m < mostRows; m++)
        {
            int row = m < rows ? m : 0;
            for (int n = 0; n < columns; n++)
            {
                T sum = add ? start[(m * stride) + n] : T.Zero;
                for (int k = 0; k < depth; k++)
                {
                    sum = T.FusedMultiplyAdd(a.Data[(row * a.RowStride) + (k * a.DepthStride)], panel[(k * columns) + n], sum);
                }

                c[(m * stride) + n] = sum;
            }
        }

        return c;
    }
}
