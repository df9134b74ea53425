using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class InputQuantizerTests
{
    public static TheoryData<int> AllBits => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(AllBits))]
    public void Every_grid_value_comes_back_as_its_own_integer(int bits)
    {
        var quantizer = new InputQuantizer(bits);
        int steps = (1 << bits) - 1;
        Assert.Equal(steps, quantizer.Steps);
        for (int u = 0; u <= steps; u++)
        {
            Assert.Equal((2 * u) - steps, quantizer.Integer((byte)u));
            Assert.Equal(((2 * u) - steps) / (float)steps, quantizer.Value((byte)u));
            Assert.Equal(u, quantizer.Quantize(quantizer.Value((byte)u)));
        }
    }

    [Theory]
    [MemberData(nameof(AllBits))]
    public void Borders_lie_half_way_between_neighbours_and_belong_to_the_upper_one(int bits)
    {
        var quantizer = new InputQuantizer(bits);
        for (int u = 0; u < quantizer.Steps; u++)
        {
            // (x + 1)/2 * steps = u + 1/2
            double border = ((2 * (u + 0.5)) / quantizer.Steps) - 1;
            Assert.Equal(u, quantizer.Quantize(border - 1e-9));
            Assert.Equal(u + 1, quantizer.Quantize(border + 1e-9));
        }

        Assert.Equal(quantizer.Steps == 1 ? 1 : (quantizer.Steps + 1) / 2, quantizer.Quantize(0));
    }

    [Theory]
    [MemberData(nameof(AllBits))]
    public void Values_outside_are_clipped_to_the_ends(int bits)
    {
        var quantizer = new InputQuantizer(bits);
        Assert.Equal(0, quantizer.Quantize(-1));
        Assert.Equal(0, quantizer.Quantize(-1.0000001));
        Assert.Equal(0, quantizer.Quantize(double.NegativeInfinity));
        Assert.Equal(quantizer.Steps, quantizer.Quantize(1));
        Assert.Equal(quantizer.Steps, quantizer.Quantize(1e300));
    }

    [Theory]
    [MemberData(nameof(AllBits))]
    public void Bits_of_u_as_signs_weighted_by_powers_of_two_add_up_to_the_integer(int bits)
    {
        var quantizer = new InputQuantizer(bits);
        for (int u = 0; u <= quantizer.Steps; u++)
        {
            int sum = Enumerable.Range(0, bits).Sum(b => (1 << b) * (((u >> b) & 1) == 1 ? 1 : -1));
            Assert.Equal(sum, quantizer.Integer((byte)u));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(-1)]
    public void Other_widths_are_refused(int bits)
    {
        InputException refusal = Assert.Throws<InputException>(() => new InputQuantizer(bits));
        Assert.Equal("inputBits", Assert.Single(refusal.Violations).Place);
    }

    [Fact]
    public void Not_a_number_never_becomes_a_level() =>
        Assert.Throws<ArgumentException>(() => new InputQuantizer(8).Quantize(double.NaN));
}
