namespace BcnnSim.Hardware.Axi;

/// <summary>32 bytes of data, little endian: bit 0 of W0 is bit 0 of the lowest byte.</summary>
public readonly record struct Beat256(ulong W0, ulong W1, ulong W2, ulong W3)
{
    /// <summary>Bytes of one beat.</summary>
    public const int Bytes = 32;

    /// <summary>Bits of one beat.</summary>
    public const int Bits = 256;

    /// <summary>64-bit word 0..3.</summary>
    public ulong this[int word] => word switch { 0 => W0, 1 => W1, 2 => W2, _ => W3 };

    /// <summary>Up to 64 bits from bit <paramref name="offset"/>, which must not leave the beat.</summary>
    public ulong Field(int offset, int count)
    {
        int word = offset >> 6;
        int shift = offset & 63;
        ulong low = this[word] >> shift;
        if (shift + count > 64)
        {
            low |= this[word + 1] << (64 - shift);
        }

        return count == 64 ? low : low & ((1UL << count) - 1);
    }
}
