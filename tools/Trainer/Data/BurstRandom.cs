using System.Numerics;
using System.Text;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// A random stream addressed by a key (seed, set, split, index): independent of threads and of the order of use.
/// The 64-bit key words are chained through the SplitMix64 finalizer (Steele, Lea, Flood, OOPSLA 2014) into one seed,
/// which SplitMix64 expands to the 256-bit state of xoshiro256** (Blackman, Vigna, ACM TOMS 47, 2021).
/// </summary>
public sealed class BurstRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;
    private double spare;
    private bool hasSpare;

    public BurstRandom(ulong seed, string set, DataSplit split, int index)
    {
        ulong key = Absorb(Absorb(Absorb(Mix(seed + GoldenGamma), NameKey(set)), (ulong)split), (ulong)index);
        s0 = Mix(key += GoldenGamma);
        s1 = Mix(key += GoldenGamma);
        s2 = Mix(key += GoldenGamma);
        s3 = Mix(key + GoldenGamma);
    }

    /// <summary>A stream from a bare xoshiro256** state, for the test against published outputs.</summary>
    internal BurstRandom(ulong s0, ulong s1, ulong s2, ulong s3) =>
        (this.s0, this.s1, this.s2, this.s3) = (s0, s1, s2, s3);

    /// <summary>64 uniform bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double NextUniform(double low, double high) => low + ((high - low) * NextUniform());

    /// <summary>Uniform in 0..count-1 by multiplication with the upper 32 bits; the bias is below count / 2^32.</summary>
    public int NextIndex(int count) => (int)(((NextBits() >> 32) * (ulong)count) >> 32);

    /// <summary>Standard normal by the transform of Box and Muller (1958); two per pair of uniforms.</summary>
    public double NextNormal()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }

        // 1 - u lies in (0, 1], so the logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform()));
        (double sin, double cos) = Math.SinCos(Math.Tau * NextUniform());
        spare = radius * sin;
        hasSpare = true;
        return radius * cos;
    }

    /// <summary>Rayleigh distributed with the given scale, by inversion.</summary>
    public double NextRayleigh(double scale) => scale * Math.Sqrt(-2 * Math.Log(1 - NextUniform()));

    private static ulong Absorb(ulong key, ulong word) => Mix(key ^ Mix(word + GoldenGamma));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>FNV-1a, 64 bits, over UTF-8: a string hash that is the same in every process.</summary>
    private static ulong NameKey(string set)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(set))
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return hash;
    }
}
