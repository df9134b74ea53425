using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>Address maps against the table of hbm.md section 2, written out here bit by bit.</summary>
public sealed class AddressMapTests
{
    /// <summary>Fields from the highest address bit 27 down to 5: R row, K column, B bank (upper two), G group bit 1, g group bit 0.</summary>
    [Theory]
    [InlineData(AddressMapKind.Rgbcg, "RRRRRRRRRRRRRR G BB KKKKK g")]
    [InlineData(AddressMapKind.Rbc, "RRRRRRRRRRRRRR BBGg KKKKK")]
    [InlineData(AddressMapKind.Rcb, "RRRRRRRRRRRRRR KKKKK BBGg")]
    [InlineData(AddressMapKind.Brc, "BBGg RRRRRRRRRRRRRR KKKKK")]
    [InlineData(AddressMapKind.Brgcg, "BB RRRRRRRRRRRRRR G KKKKK g")]
    public void Every_address_bit_goes_to_its_field(AddressMapKind kind, string fields)
    {
        AddressMap map = new(kind);
        string bits = fields.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(23, bits.Length);
        const int Seed = 3;
        Random random = new(Seed);
        for (int i = 0; i < 2000; i++)
        {
            // Bits above 27 name the pseudo-channel and the stack and must not matter.
            long address = random.NextInt64(1L << 33);
            Assert.True(Expected(bits, address) == map.Decode(address), $"seed {Seed}, address {address:x}");
        }
    }

    [Fact]
    public void The_group_is_the_lower_half_of_the_bank() =>
        Assert.All(Enumerable.Range(0, 16), bank => Assert.Equal(bank % 4, new DramAddress(bank, 0, 0).Group));

    private static DramAddress Expected(string bits, long address)
    {
        string Of(string letters) => string.Concat(bits.Select((letter, i) => letters.Contains(letter) ? $"{address >> (27 - i) & 1}" : ""));
        return new DramAddress(Convert.ToInt32(Of("B") + Of("G") + Of("g"), 2), Convert.ToInt32(Of("R"), 2), Convert.ToInt32(Of("K"), 2));
    }
}
