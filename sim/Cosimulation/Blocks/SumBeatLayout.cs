using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Waves;
using BcnnSim.Hardware.Compute;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>A sum beat as a bench carries it: first pixel, pixels, first channel, channels, 16 bits each; re, im [pixel][channel].</summary>
/// <param name="Pixels">Pixels of a full beat.</param>
/// <param name="Channels">Channels of a full beat.</param>
/// <param name="Bits">Bits of one component.</param>
public readonly record struct SumBeatLayout(int Pixels, int Channels, int Bits)
{
    private const int FieldBits = 16;

    /// <summary>32-bit words of a beat.</summary>
    public int Words => ((4 * FieldBits) + (2 * Pixels * Channels * Bits) + 31) / 32;

    /// <summary>Writes a beat; lanes that mean nothing are 0, or bits of <paramref name="noise"/>.</summary>
    public void Write(Span<uint> words, SumBlock block, StimulusRandom? noise = null)
    {
        BitWriter writer = new(words);
        writer.Append((ulong)block.PixelIndex[0], FieldBits);
        writer.Append((ulong)block.Pixels, FieldBits);
        writer.Append((ulong)block.FirstChannel, FieldBits);
        writer.Append((ulong)block.Channels, FieldBits);
        Append(ref writer, block, block.Re, noise);
        Append(ref writer, block, block.Im, noise);
        writer.Flush();
    }

    /// <summary>Waveform signals of a beat.</summary>
    /// <param name="channel">Channel at whose head it stands.</param>
    /// <param name="offset">Bit of its first field.</param>
    public IReadOnlyList<WaveSignal> Signals(string channel, int offset)
    {
        List<WaveSignal> signals = [];
        foreach (string field in (string[])["firstPixel", "pixels", "firstChannel", "channels"])
        {
            signals.Add(new WaveSignal($"{channel}.{field}", offset, FieldBits));
            offset += FieldBits;
        }

        foreach (string part in (string[])["re", "im"])
        {
            for (int i = 0; i < Pixels * Channels; i++, offset += Bits)
            {
                signals.Add(new WaveSignal($"{channel}.{part}[{i / Channels}][{i % Channels}]", offset, Bits));
            }
        }

        return signals;
    }

    private void Append(ref BitWriter writer, SumBlock block, int[] sum, StimulusRandom? noise)
    {
        for (int p = 0; p < Pixels; p++)
        {
            for (int c = 0; c < Channels; c++)
            {
                bool live = p < block.Pixels && c < block.Channels;
                writer.Append(live ? (ulong)sum[(p * block.Channels) + c] : noise?.Next() ?? 0, Bits);
            }
        }
    }
}
