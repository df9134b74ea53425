using BcnnSim.Numerics;
using Xunit;

namespace BcnnSim.Tests.Numerics;

public sealed class BitCompactionTests
{
    [Fact]
    public void Selected_bits_move_to_the_low_end_in_order()
    {
        Assert.Equal(0b110UL, BitCompaction.Extract(0b1001_0000, 0b1001_0001));
        Assert.Equal(0UL, BitCompaction.Extract(ulong.MaxValue, 0));
        Assert.Equal(ulong.MaxValue, BitCompaction.Extract(ulong.MaxValue, ulong.MaxValue));
    }

    [Fact]
    public void Instruction_and_loop_agree()
    {
        const int Seed = 31;
        Random random = new(Seed);
        for (int i = 0; i < 20_000; i++)
        {
            ulong value = (ulong)random.NextInt64();
            ulong mask = (ulong)random.NextInt64() << random.Next(64);
            Assert.True(BitCompaction.Extract(value, mask) == BitCompaction.ExtractBitByBit(value, mask), $"seed {Seed}: {value:x} by {mask:x}");
        }
    }
}
