namespace BcnnSim.Hardware.Traffic;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): 64 random bits per step, the same on every machine and runtime. A stream is named by a seed
/// and two numbers, so that ports draw independently of each other.
/// </summary>
internal struct RequestRandom(long seed, int port, int purpose)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const double Unit = 1.0 / (1L << 53);
    private ulong state = Mix(Mix(Mix((ulong)seed + Golden) + (ulong)port + 1) + (ulong)purpose + 1);

    public ulong Next() => Mix(state += Golden);

    /// <summary>Uniform in 0..count-1 (bias below count / 2^64).</summary>
    public long Below(long count) => (long)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextUnit() => (Next() >> 11) * Unit;

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
