using BcnnSim.Hardware.Dma;
using Xunit;

namespace BcnnSim.Tests.Timing;

public sealed class BurstSplitterTests
{
    [Fact]
    public void Bursts_cover_the_transfer_in_order_within_16_beats_and_never_cross_4_KiB()
    {
        const int Seed = 11;
        Random random = new(Seed);
        for (int i = 0; i < 3000; i++)
        {
            int maxBeats = random.Next(1, 17);
            long start = random.NextInt64(1L << 28) * 32;
            int beats = random.Next(1, 700);
            BurstSplitter splitter = new(maxBeats);
            splitter.Begin(start, beats);
            string context = $"seed {Seed}, start {start:x}, {beats} beats, bursts of {maxBeats}";
            long next = start;
            int left = beats;
            while (splitter.Active)
            {
                int length = splitter.Beats;
                long address = splitter.Take();
                Assert.True(address == next && length >= 1 && length <= Math.Min(maxBeats, left), context);
                Assert.True(address / 4096 == (address + (32L * length) - 1) / 4096, context);

                // No burst is shorter than it has to be.
                Assert.True(length == maxBeats || length == left || (address + (32L * length)) % 4096 == 0, context);
                next += 32L * length;
                left -= length;
            }

            Assert.True(left == 0, context);
        }
    }

    [Theory]
    [InlineData(0, 16, 1)]
    [InlineData(0, 17, 2)]
    [InlineData(4096 - 32, 16, 2)]
    [InlineData(4096 - 512, 32, 2)]
    [InlineData(32, 128, 9)]
    public void Known_transfers_take_the_known_number_of_bursts(long start, int beats, int bursts)
    {
        BurstSplitter splitter = new(16);
        splitter.Begin(start, beats);
        int count = 0;
        while (splitter.Active)
        {
            splitter.Take();
            count++;
        }

        Assert.Equal(bursts, count);
    }
}
