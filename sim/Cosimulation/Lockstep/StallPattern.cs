namespace BcnnSim.Cosimulation.Lockstep;

/// <summary>
/// Who wants to move a beat in a cycle. Probabilities hold for a random phase of some hundred cycles and then change, so that
/// full, empty, starved and streaming states all last long enough to matter; one phase in eight streams on every side.
/// </summary>
public sealed class StallPattern
{
    /// <summary>Sides that can be served: four 16-bit draws fit one random word.</summary>
    public const int MaximumSides = 4;

    private static readonly int[] Shares = [4096, 16384, 32768, 49152, 61440, 65536];
    private readonly StimulusRandom random;
    private readonly bool saturated;
    private readonly int[] shares;
    private int left;

    /// <param name="seed">Seed of the phases and draws.</param>
    /// <param name="sides">Producers and consumers.</param>
    /// <param name="saturated">Everybody always wants: shows the full rate.</param>
    public StallPattern(long seed, int sides, bool saturated)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sides, MaximumSides);
        random = new StimulusRandom(seed);
        shares = new int[sides];
        this.saturated = saturated;
    }

    /// <summary>Bit s: side s wants to move a beat in the coming cycle.</summary>
    public int Next()
    {
        if (left-- == 0)
        {
            BeginPhase();
        }

        ulong draw = random.Next();
        int wants = 0;
        for (int s = 0; s < shares.Length; s++)
        {
            wants |= (int)(draw >> (16 * s) & 0xFFFF) < shares[s] ? 1 << s : 0;
        }

        return wants;
    }

    private void BeginPhase()
    {
        left = random.Between(32, 400);
        bool stream = saturated || random.Between(0, 7) == 0;
        for (int s = 0; s < shares.Length; s++)
        {
            shares[s] = stream ? 65536 : Shares[random.Between(0, Shares.Length - 1)];
        }
    }
}
