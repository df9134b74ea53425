namespace BcnnSim.Cosimulation.Lockstep;

/// <summary>
/// Who wants to move a beat in a cycle. Probabilities hold for a phase of some tens of cycles and then change. A phase has one slow
/// side, or none (everything streams), or random probabilities: so each side in turn starves or blocks the others for long enough
/// to fill and empty every channel around it.
/// </summary>
public sealed class StallPattern
{
    /// <summary>Four 16-bit draws fit one random word.</summary>
    private const int SidesPerDraw = 4;

    private const int Always = 65536;
    private static readonly int[] Shares = [4096, 16384, 32768, 49152, 61440, Always];
    private readonly StimulusRandom random;
    private readonly bool saturated;
    private readonly int[] shares;
    private int left;

    /// <param name="seed">Seed of the phases and draws.</param>
    /// <param name="sides">Producers and consumers.</param>
    /// <param name="saturated">Everybody always wants: shows the full rate.</param>
    public StallPattern(long seed, int sides, bool saturated)
    {
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

        ulong draw = 0;
        int wants = 0;
        for (int s = 0; s < shares.Length; s++)
        {
            draw = s % SidesPerDraw == 0 ? random.Next() : draw >> 16;
            wants |= (int)(draw & 0xFFFF) < shares[s] ? 1 << s : 0;
        }

        return wants;
    }

    private void BeginPhase()
    {
        left = random.Between(16, 160);
        int slow = saturated ? -1 : random.Between(-2, shares.Length - 1);
        for (int s = 0; s < shares.Length; s++)
        {
            shares[s] = slow switch
            {
                -1 => Always,
                -2 => Shares[random.Between(0, Shares.Length - 1)],
                _ when s == slow => Shares[random.Between(0, 2)],
                _ => Shares[random.Between(3, Shares.Length - 1)],
            };
        }
    }
}
