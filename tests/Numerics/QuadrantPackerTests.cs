using BcnnSim.Numerics;
using Xunit;

namespace BcnnSim.Tests.Numerics;

public sealed class QuadrantPackerTests
{
    private const int Seed = 12;

    [Fact]
    public void Word_w_holds_taps_from_w_times_lanes_with_the_first_in_bit_0()
    {
        Random random = new(Seed);
        for (int lanes = 1; lanes <= 64; lanes++)
        {
            int taps = random.Next(1, 300);
            byte[] row = Row(random, taps);
            ulong[] words = new ulong[QuadrantPacker.WordCount(taps, lanes)];
            QuadrantPacker.Pack(row, taps, lanes, words);
            ulong[] dense = new ulong[(taps + 63) / 64];
            QuadrantPacker.FromBytes(row, dense);
            ulong[] cut = new ulong[words.Length];
            QuadrantPacker.Cut(dense, taps, lanes, cut);
            Assert.Equal(words, cut);
            for (int bit = 0; bit < words.Length * lanes; bit++)
            {
                ulong expected = bit < taps ? (ulong)(row[bit / 8] >> (bit % 8)) & 1 : 0;
                Assert.True(expected == (words[bit / lanes] >> (bit % lanes) & 1), $"seed {Seed}, lanes {lanes}, taps {taps}, bit {bit}");
            }

            Assert.All(words, w => Assert.Equal(0UL, w & ~QuadrantWord.LaneMask(lanes)));
        }
    }

    [Fact]
    public void Tail_lanes_are_masked_with_and_without_a_mask_of_the_file()
    {
        ulong[] words = new ulong[3];
        QuadrantPacker.PackMask([], 11, 5, words);
        Assert.Equal([0b11111UL, 0b11111, 0b1], words);
        QuadrantPacker.PackMask([0xF0, 0x07], 11, 5, words);
        Assert.Equal([0b10000UL, 0b11111, 0b1], words);
    }

    [Fact]
    public void Copied_bits_leave_their_neighbours_alone()
    {
        Random random = new(Seed);
        for (int i = 0; i < 500; i++)
        {
            ulong[] source = [.. Enumerable.Range(0, 6).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
            ulong[] target = [.. Enumerable.Range(0, 6).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
            ulong[] before = [.. target];
            int count = random.Next(0, 200);
            int from = random.Next(0, 384 - count + 1);
            int to = random.Next(0, 384 - count + 1);
            QuadrantPacker.Copy(source, from, target, to, count);
            for (int bit = 0; bit < 384; bit++)
            {
                bool inside = bit >= to && bit < to + count;
                bool expected = inside ? Bit(source, bit - to + from) : Bit(before, bit);
                Assert.True(expected == Bit(target, bit), $"seed {Seed}, round {i}, {count} bits {from}->{to}, bit {bit}");
            }
        }
    }

    [Fact]
    public void Bytes_round_trip_through_dense_vectors()
    {
        Random random = new(Seed);
        for (int length = 0; length < 40; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            ulong[] dense = new ulong[(length + 7) / 8];
            QuadrantPacker.FromBytes(bytes, dense);
            byte[] back = new byte[length];
            QuadrantPacker.ToBytes(dense, back);
            Assert.Equal(bytes, back);
        }
    }

    private static bool Bit(ulong[] words, int bit) => (words[bit >> 6] >> (bit & 63) & 1) == 1;

    private static byte[] Row(Random random, int taps)
    {
        byte[] row = new byte[(taps + 7) / 8];
        random.NextBytes(row);
        row[^1] &= (byte)(0xFF >> ((8 - (taps % 8)) % 8));
        return row;
    }
}
