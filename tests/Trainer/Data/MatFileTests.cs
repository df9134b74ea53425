using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

/// <summary>Small files that claim or unfold to much beside a large variable, whose size must not excuse them.</summary>
public sealed class MatFileTests : IDisposable
{
    private const int Large = 16 << 20;
    private const long Slack = 1 << 20; // blocks of the readers
    private readonly string path = Path.Combine(Path.GetTempPath(), $"bcnntrain-mat-{Guid.NewGuid():N}.mat");

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData("zeros", "compressed element")]
    [InlineData("name", "name")]
    [InlineData("dimensions", "dimensions")]
    [InlineData("flags", "flags")]
    [InlineData("values", "variable y")]
    [InlineData("bytes behind", "compressed element")]
    [InlineData("claim", "length")]
    public void A_hostile_element_takes_no_memory_that_its_own_variable_does_not_need(string name, string place)
    {
        var bomb = new byte[Large];
        byte[] y = MatBuilder.Variable("y", MatBuilder.UInt8Class, [1, 1], [7]);
        byte[] element = name switch
        {
            "zeros" => bomb,
            "name" => MatBuilder.Variable(new string('y', Large), MatBuilder.UInt8Class, [1, 1], [7]),
            "dimensions" => MatBuilder.Variable("y", MatBuilder.UInt8Class, new int[Large / sizeof(int)], [7]),
            "flags" => [.. y[..8], 6, 0, 0, 0, .. BitConverter.GetBytes(Large), .. bomb],
            "values" => MatBuilder.Variable("y", MatBuilder.UInt8Class, [1, 1], bomb),
            "bytes behind" => [.. y, .. bomb],
            _ => [14, 0, 0, 0, .. BitConverter.GetBytes(Large), .. y[8..^8]],
        };
        byte[] compressed = MatBuilder.Compressed(element);
        Assert.InRange(compressed.Length, 0, Large / 200);
        File.WriteAllBytes(path, MatBuilder.File(compressed));
        long before = GC.GetAllocatedBytesForCurrentThread();
        InputException refused = Assert.Throws<InputException>(() => MatFile.Read(path, [new("X", [Large]), new("y", [1, 1])], "get it there"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Slack);
        Violation violation = Assert.Single(refused.Violations);
        Assert.Equal((path, place, "get it there"), (violation.Source, violation.Place, violation.Remedy));
    }

    /// <summary>The longest name of MATLAB and eight dimensions are still read.</summary>
    [Fact]
    public void Names_of_63_bytes_and_eight_dimensions_are_read()
    {
        string name = new('v', 63);
        int[] dimensions = [1, 2, 1, 3, 1, 1, 1, 1];
        File.WriteAllBytes(path, MatBuilder.File(MatBuilder.Compressed(MatBuilder.Variable(name, MatBuilder.DoubleClass, dimensions, [1, 2, 3, 4, 5, 6], asDoubles: true))));
        Assert.Equal([1, 2, 3, 4, 5, 6], MatFile.Read(path, [new(name, dimensions)], "get it there")[0]);
    }

    /// <summary>More doubles than one block of the reader, with the place of a wrong one.</summary>
    [Fact]
    public void Doubles_are_read_block_by_block()
    {
        byte[] values = [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 7))];
        byte[] y = MatBuilder.Variable("y", MatBuilder.DoubleClass, [values.Length, 1], values, asDoubles: true);
        MatVariable[] variables = [new("y", [values.Length, 1])];
        File.WriteAllBytes(path, MatBuilder.File(y));
        Assert.Equal(values, MatFile.Read(path, variables, "get it there")[0]);
        BitConverter.GetBytes(0.5).CopyTo(y, y.Length - (8 * 3));
        File.WriteAllBytes(path, MatBuilder.File(MatBuilder.Compressed(y)));
        Assert.Equal("variable y, element 19997", Assert.Single(Assert.Throws<InputException>(() => MatFile.Read(path, variables, "get it there")).Violations).Place);
    }
}
