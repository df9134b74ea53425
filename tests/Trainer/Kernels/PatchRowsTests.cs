using BcnnSim.Trainer.Kernels;
using Xunit;

namespace BcnnSim.Trainer.Tests.Kernels;

/// <summary>Patch rows and their adjoint against the definition, element by element.</summary>
public sealed unsafe class PatchRowsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_element_is_that_of_its_tap_and_zero_outside(int seed)
    {
        WindowShape w = Random(seed);
        int[] map = [.. Enumerable.Range(1, w.Height * w.Width * w.Lanes)], rows = new int[w.OutPixels * w.RowLength];
        Array.Fill(rows, -1);
        fixed (int* from = map, to = rows)
        {
            PatchRows.Gather(w, from, to);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            int at = Source(w, i);
            Assert.True(rows[i] == (at < 0 ? 0 : map[at]), $"{w}, element {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_adjoint_adds_every_element_to_its_place(int seed)
    {
        WindowShape w = Random(seed);
        int[] rows = [.. Enumerable.Range(1, w.OutPixels * w.RowLength)], map = new int[w.Height * w.Width * w.Lanes], expected = new int[map.Length];
        fixed (int* from = rows, to = map)
        {
            PatchRows.ScatterAdd(w, from, to);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            if (Source(w, i) is >= 0 and int at)
            {
                expected[at] += rows[i];
            }
        }

        Assert.Equal(expected, map);
    }

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

    // Place in the map of an element of the rows; -1 outside.
    private static int Source(WindowShape w, int element)
    {
        (int pixel, int column) = Math.DivRem(element, w.RowLength);
        (int tap, int lane) = Math.DivRem(column, w.Lanes);
        int y = (pixel / w.OutWidth * w.StrideY) - w.PaddingY + (tap / w.KernelWidth);
        int x = (pixel % w.OutWidth * w.StrideX) - w.PaddingX + (tap % w.KernelWidth);
        return y < 0 || y >= w.Height || x < 0 || x >= w.Width ? -1 : (((y * w.Width) + x) * w.Lanes) + lane;
    }

    private static WindowShape Random(int seed)
    {
        var random = new Random(seed);
        (int kernelHeight, int kernelWidth) = (random.Next(1, 6), random.Next(1, 6));
        return new(
            random.Next(kernelHeight, 12), random.Next(kernelWidth, 12), random.Next(1, 20), kernelHeight, kernelWidth, random.Next(1, 4), random.Next(1, 4), random.Next(kernelHeight), random.Next(kernelWidth));
    }
}
