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
            Check<float>(GemmTile256.Run, GemmTile256.RunHalf, GemmTile256.Rows, Vector256<float>.Count, depth, transposed, add);
            Check<double>(GemmTile256.Run, GemmTile256.RunHalf, GemmTile256.Rows, Vector256<double>.Count, depth, transposed, add);
            Check<float>(GemmTile512.Run, GemmTile512.RunHalf, GemmTile512.Rows, Vector512<float>.Count, depth, transposed, add);
            Check<double>(GemmTile512.Run, GemmTile512.RunHalf, GemmTile512.Rows, Vector512<double>.Count, depth, transposed, add);
        }
    }

    private delegate void Tile<T>(MatrixView<T> a, T* panel, T* c, int stride, int depth, bool add, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>;

    // All numbers of rows: those that do not exist repeat row 0. Half a tile leaves the other half alone.
    private static void Check<T>(Tile<T> whole, Tile<T> half, int mostRows, int width, int depth, bool transposed, bool add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = (2 * width) + 3;
        T[] a = new T[mostRows * depth], panel = new T[depth * 2 * width], start = new T[mostRows * stride];
        SeededValues.Fill<T>(depth, a);
        SeededValues.Fill<T>(depth + 1, panel);
        SeededValues.Fill<T>(depth + 2, start);
        foreach ((Tile<T> tile, int columns) in new[] { (whole, 2 * width), (half, width) })
        {
            for (int rows = 1; rows <= mostRows; rows++)
            {
                T[] c = [.. start];
                fixed (T* pa = a, pp = panel, pc = c)
                {
                    MatrixView<T> view = transposed ? new(pa, 1, mostRows) : new(pa, depth, 1);
                    tile(view, pp, pc, stride, depth, add, rows);
                    Assert.Equal(Expected(view, panel, start, new(mostRows, columns, depth), add, rows), c);
                }
            }
        }
    }

    private static T[] Expected<T>(MatrixView<T> a, T[] panel, T[] start, GemmSize size, bool add, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = start.Length / size.Rows, panelStride = panel.Length / size.Depth;
        T[] c = [.. start];
        for (int m = 0; m < size.Rows; m++)
        {
            int row = m < rows ? m : 0;
            for (int n = 0; n < size.Columns; n++)
            {
                T sum = add ? start[(m * stride) + n] : T.Zero;
                for (int k = 0; k < size.Depth; k++)
                {
                    sum = T.FusedMultiplyAdd(a.Data[(row * a.RowStride) + (k * a.DepthStride)], panel[(k * panelStride) + n], sum);
                }

                c[(m * stride) + n] = sum;
            }
        }

        return c;
    }
}
