using BcnnSim.Trainer.Kernels;
using Xunit;

namespace BcnnSim.Trainer.Tests.Kernels;

/// <summary>Work that is split by the length of a matrix: the parts join without a gap, whatever the threads.</summary>
public sealed unsafe class MergeTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4096, 3, 2)]
    [InlineData(9001, 5, 1)]
    [InlineData(9001, 5, 3)]
    public void Partial_results_are_added_in_their_order(int length, int count, int threads)
    {
        float[] partials = new float[length * count], sum = new float[length];
        SeededValues.Fill<float>(length + count, partials);
        fixed (float* from = partials, to = sum)
        {
            PatchRows.Merge(from, count, length, to, new WorkSplit(threads));
        }

        for (int i = 0; i < length; i++)
        {
            float expected = partials[i];
            for (int part = 1; part < count; part++)
            {
                expected += partials[(part * length) + i];
            }

            Assert.Equal(expected, sum[i]);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(32, 64, 2)]
    [InlineData(33, 31, 1)]
    [InlineData(7, 130, 3)]
    [InlineData(130, 7, 2)]
    public void Transposes_every_element(int rows, int columns, int threads)
    {
        int[] from = [.. Enumerable.Range(0, rows * columns)], to = new int[rows * columns];
        fixed (int* source = from, target = to)
        {
            Transposition.Run(source, rows, columns, target, new WorkSplit(threads));
        }

        Assert.All(Enumerable.Range(0, rows * columns), i => Assert.Equal(from[i], to[(i % columns * rows) + (i / columns)]));
    }

    [Theory]
    [InlineData(100, 300)]
    [InlineData(33, 128)]
    public void A_matrix_packed_on_several_threads_is_the_same(int columns, int depth)
    {
        float[] matrix = new float[columns * depth];
        SeededValues.Fill<float>(columns, matrix);
        Assert.Equal(Packed(1), Packed(3));

        float[] Packed(int threads)
        {
            float[] packed = new float[Gemm.PackedLength<float>(columns, depth)];
            fixed (float* from = matrix, to = packed)
            {
                Gemm.Pack(from, columns, columns, depth, to, new WorkSplit(threads));
            }

            return packed;
        }
    }
}
