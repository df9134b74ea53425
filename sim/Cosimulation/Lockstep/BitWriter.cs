namespace BcnnSim.Cosimulation.Lockstep;

/// <summary>Appends fields of 1 to 64 bits, lowest first and without gaps, to 32-bit words; the last word is filled up with 0.</summary>
public ref struct BitWriter(Span<uint> words)
{
    private readonly Span<uint> words = words;
    private ulong pending;
    private int pendingBits;
    private int next;

    /// <summary>Appends the low <paramref name="bits"/> bits of a value whose other bits may be anything.</summary>
    public void Append(ulong value, int bits)
    {
        if (bits > 32)
        {
            Append(value & uint.MaxValue, 32);
            value >>= 32;
            bits -= 32;
        }

        pending |= (value & ((1UL << bits) - 1)) << pendingBits;
        pendingBits += bits;
        if (pendingBits >= 32)
        {
            words[next++] = (uint)pending;
            pending >>= 32;
            pendingBits -= 32;
        }
    }

    /// <summary>Writes the last word, if one is begun.</summary>
    public void Flush()
    {
        if (pendingBits > 0)
        {
            words[next++] = (uint)pending;
            pending = 0;
            pendingBits = 0;
        }
    }
}
