namespace BcnnSim.Trainer.Training;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a small generator whose whole state is one number, so a stream named by
/// (seed, purpose, index) needs no saving.
/// </summary>
public sealed class SeededStream
{
    private ulong state;

    public SeededStream(ulong seed, string purpose, ulong index = 0)
    {
        state = seed;
        foreach (char c in purpose)
        {
            state = Mix(state ^ c);
        }

        state = Mix(state ^ index);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Normal with mean 0 and variance 1 (Box and Muller, 1958).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>0..count-1 in random order.</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(Next() % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }
}
