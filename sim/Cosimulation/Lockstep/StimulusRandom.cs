namespace BcnnSim.Cosimulation.Lockstep;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): 64 random bits per step from a seed, the same on every machine and runtime.
/// </summary>
public sealed class StimulusRandom(long seed)
{
    private ulong state = (ulong)seed;

    public ulong Next()
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in minimum..maximum, both included (bias below 2^-32 for the small ranges used here).</summary>
    public int Between(int minimum, int maximum) =>
        minimum + (int)(((Next() >> 32) * (ulong)(maximum - minimum + 1)) >> 32);

    /// <summary>Seed of an independent stream, below 2^53 so that every JSON reader keeps it exact.</summary>
    public long Fork() => (long)(Next() >> 11);
}
