using BcnnSim.Trainer.Kernels;
using Xunit;

namespace BcnnSim.Trainer.Tests.Kernels;

public sealed unsafe class TranspositionTests
{
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
}
