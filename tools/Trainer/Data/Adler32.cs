namespace BcnnSim.Trainer.Data;

/// <summary>Checksum of zlib (RFC 1950, section 8.2).</summary>
internal static class Adler32
{
    private const uint Modulus = 65521;

    // Most bytes whose sums fit 32 bits: the figure in zlib's adler32.c.
    private const int Block = 5552;

    /// <summary>Sum of no bytes.</summary>
    public const uint Start = 1;

    /// <summary>Sum of the bytes before, which <paramref name="sum"/> is, and of these.</summary>
    public static uint Append(uint sum, ReadOnlySpan<byte> bytes)
    {
        (uint a, uint b) = (sum & 0xFFFF, sum >> 16);
        while (bytes.Length > 0)
        {
            int length = Math.Min(Block, bytes.Length);
            foreach (byte value in bytes[..length])
            {
                a += value;
                b += a;
            }

            (a, b) = (a % Modulus, b % Modulus);
            bytes = bytes[length..];
        }

        return (b << 16) | a;
    }
}
