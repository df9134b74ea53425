namespace BcnnSim.Cosimulation.Waves;

/// <summary>A field of the output words: <paramref name="Width"/> bits from bit <paramref name="Offset"/> on.</summary>
public sealed record WaveSignal(string Name, int Offset, int Width)
{
    /// <summary>Handshake word of a channel: count in bits 15:0, valid bit 16, ready bit 17.</summary>
    public static IEnumerable<WaveSignal> Handshake(string channel, int word) =>
    [
        new WaveSignal($"{channel}.count", 32 * word, 16),
        new WaveSignal($"{channel}.valid", (32 * word) + 16, 1),
        new WaveSignal($"{channel}.ready", (32 * word) + 17, 1),
    ];

    /// <summary>The field as binary digits, most significant first.</summary>
    public string Bits(ReadOnlySpan<uint> words)
    {
        char[] digits = new char[Width];
        for (int b = 0; b < Width; b++)
        {
            int bit = Offset + b;
            digits[Width - 1 - b] = ((words[bit >> 5] >> (bit & 31)) & 1) != 0 ? '1' : '0';
        }

        return new string(digits);
    }
}
