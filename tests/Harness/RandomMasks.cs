namespace BcnnSim.Tests.Harness;

/// <summary>Random masks: single weights, or blocks of rows x taps of which half are empty, so that designs find blocks to skip. The first weight stays.</summary>
internal static class RandomMasks
{
    public static byte[] Of(Random random, int rows, int taps)
    {
        bool blocks = random.Next(2) == 0;
        int blockRows = blocks ? 1 << random.Next(0, 6) : 1;
        int blockTaps = blocks ? random.Next(1, 100) : 1;
        return Of(random, rows, taps, blockRows, blockTaps);
    }

    /// <summary>Keeps or empties whole blocks, each with even odds.</summary>
    public static byte[] Of(Random random, int rows, int taps, int blockRows, int blockTaps)
    {
        int rowBytes = (taps + 7) / 8;
        int across = (taps + blockTaps - 1) / blockTaps;
        bool[] kept = [.. Enumerable.Range(0, (rows + blockRows - 1) / blockRows * across).Select(i => i == 0 || random.Next(2) == 1)];
        byte[] mask = new byte[rows * rowBytes];
        for (int row = 0; row < rows; row++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                bool one = kept[(row / blockRows * across) + (tap / blockTaps)];
                mask[(row * rowBytes) + (tap >> 3)] |= (byte)((one ? 1 : 0) << (tap & 7));
            }
        }

        return mask;
    }
}
