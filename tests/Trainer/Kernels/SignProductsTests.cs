using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Kernels;
using Xunit;

namespace BcnnSim.Trainer.Tests.Kernels;

/// <summary>Products by popcount against the matrix product, bit for bit.</summary>
public sealed unsafe class SignProductsTests
{
    private readonly Random random = new(11);
    private readonly Scratch scratch = new();

    public static TheoryData<WindowShape, int> Windows => new()
    {
        { new(5, 6, 16, 3, 3, 1, 1, 1, 1), 16 },
        { new(5, 6, 15, 3, 3, 1, 1, 1, 1), 3 }, // less than a vector of numbers
        { new(4, 4, 20, 1, 1, 1, 1, 0, 0), 33 }, // a vector and a short rest
        { new(7, 3, 64, 2, 3, 2, 1, 0, 2), 31 },
        { new(3, 9, 72, 3, 2, 1, 3, 2, 0), 40 }, // a word and a rest that begins the next
        { new(4, 5, 248, 5, 5, 1, 1, 2, 2), 17 }, // more words than a byte can count
        { new(6, 6, 130, 6, 6, 1, 1, 0, 0), 8 }, // as large as the map
        { new(1, 40, 24, 1, 7, 1, 2, 0, 3), 24 },
        { new(2, 2, 32, 5, 5, 1, 1, 3, 3), 16 }, // larger than the map
        { new(2, 3, 18, 1, 1, 1, 1, 2, 1), 19 }, // windows that lie outside
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Sums_have_the_bits_of_the_matrix_product(WindowShape window, int columns)
    {
        const int Images = 3;
        using AlignedBuffer<float> maps = Signs(Images * window.Height * window.Width * window.Lanes);
        using AlignedBuffer<float> weights = Signs(columns * window.RowLength);
        foreach (bool widest in new[] { true, false })
        {
            using var products = new SignProducts(window, columns, widest);
            using var sums = new AlignedBuffer<float>(Images * window.OutPixels * columns);
            products.Load(weights.Data, new WorkSplit(2));
            Assert.Equal(SignProducts.IsSupported, products.TryForward(maps.Data, sums.Data, Images, scratch));
            if (SignProducts.IsSupported) // elsewhere the matrix product is what runs
            {
                Assert.Equal(Expected(window, columns, maps, weights, Images), sums.Span.ToArray().Select(BitConverter.SingleToUInt32Bits));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void A_number_other_than_one_is_refused_wherever_it_stands(WindowShape window, int columns)
    {
        using AlignedBuffer<float> maps = Signs(window.Height * window.Width * window.Lanes);
        using AlignedBuffer<float> weights = Signs(columns * window.RowLength);
        using var products = new SignProducts(window, columns);
        using var sums = new AlignedBuffer<float>(window.OutPixels * columns);
        Each(weights, () =>
        {
            products.Load(weights.Data, new WorkSplit(2));
            Assert.False(products.TryForward(maps.Data, sums.Data, 1, scratch));
        });
        products.Load(weights.Data, new WorkSplit(2));
        Each(maps, () => Assert.False(products.TryForward(maps.Data, sums.Data, 1, scratch)));
        Assert.Equal(SignProducts.IsSupported, products.TryForward(maps.Data, sums.Data, 1, scratch));
    }

    [Fact]
    public void What_is_measured_is_the_product_of_signs() =>
        Assert.All(SignBench.Cases, of => Assert.Equal(SignProducts.IsSupported, SignBench.GigaOperations(of.Window, of.Columns, 0) > 0));

    // First, last and some places between get numbers that are no signs, one at a time.
    private void Each(AlignedBuffer<float> numbers, Action check)
    {
        int length = (int)numbers.Length;
        int[] places = [0, length - 1, .. Enumerable.Range(0, 20).Select(_ => random.Next(length))];
        float[] others = [0, -0f, 0.5f, -1.3f, float.NaN, float.NegativeInfinity, MathF.BitIncrement(1)];
        foreach ((int i, int place) in places.Index())
        {
            float before = numbers.Span[place];
            numbers.Span[place] = others[i % others.Length];
            check();
            numbers.Span[place] = before;
        }
    }

    private AlignedBuffer<float> Signs(int length)
    {
        var numbers = new AlignedBuffer<float>(length);
        foreach (ref float number in numbers.Span)
        {
            number = (random.Next(2) * 2) - 1;
        }

        return numbers;
    }

    private static IEnumerable<uint> Expected(WindowShape window, int columns, AlignedBuffer<float> maps, AlignedBuffer<float> weights, int images)
    {
        int pixels = images * window.OutPixels;
        using var rows = new AlignedBuffer<float>((long)pixels * window.RowLength);
        using var matrix = new AlignedBuffer<float>((long)columns * window.RowLength);
        using var panel = new AlignedBuffer<float>(Gemm.PanelLength<float>(columns));
        using var sums = new AlignedBuffer<float>((long)pixels * columns);
        for (int i = 0; i < images; i++)
        {
            PatchRows.Gather(window, maps.Data + (i * window.Height * window.Width * window.Lanes), rows.Data + ((long)i * window.OutPixels * window.RowLength));
        }

        Transposition.Run(weights.Data, columns, window.RowLength, matrix.Data, new WorkSplit(1));
        Gemm.Multiply(new(rows.Data, window.RowLength, 1), matrix.Data, columns, sums.Data, columns, new(pixels, columns, window.RowLength), false, panel.Data);
        return [.. sums.Span.ToArray().Select(BitConverter.SingleToUInt32Bits)];
    }
}
