using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Waves;
using BcnnSim.Hardware.Compute;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>
/// Heads of a norm unit's two channels as the bench shows them. Both begin with their place (first pixel, pixels, first channel, channels, 16 bits each);
/// bits follow with re, im [pixel][channel], values with saturations and layer, 16 bits each, and re, im, 16 bits each. An empty channel is all 0.
/// </summary>
/// <param name="Pixels">Pixels of a full beat.</param>
/// <param name="Channels">Channels of a full beat.</param>
public readonly record struct NormHeadLayout(int Pixels, int Channels)
{
    private const int FieldBits = 16;
    private const int ValueBits = 16;

    /// <summary>32-bit words of a bit beat.</summary>
    public int BitWords => ((4 * FieldBits) + (2 * Pixels * Channels) + 31) / 32;

    /// <summary>32-bit words of a value beat.</summary>
    public int ValueWords => ((6 * FieldBits) + (2 * Pixels * Channels * ValueBits)) / 32;

    public void Write(Span<uint> words, BitBlock? block)
    {
        words.Clear();
        if (block is null)
        {
            return;
        }

        BitWriter writer = new(words);
        Place(ref writer, block.PixelIndex[0], block.Pixels, block.FirstChannel, block.Channels);
        Append(ref writer, block, block.Re);
        Append(ref writer, block, block.Im);
        writer.Flush();
    }

    public void Write(Span<uint> words, ValueBlock? block)
    {
        words.Clear();
        if (block is null)
        {
            return;
        }

        BitWriter writer = new(words);
        Place(ref writer, block.PixelIndex[0], block.Pixels, block.FirstChannel, block.Channels);
        writer.Append((ulong)block.NormSaturations, FieldBits);
        writer.Append((ulong)block.Layer, FieldBits);
        Append(ref writer, block, block.Re);
        Append(ref writer, block, block.Im);
        writer.Flush();
    }

    /// <summary>Waveform signals of both heads.</summary>
    /// <param name="word">Word where the bits' head begins.</param>
    public IReadOnlyList<WaveSignal> Signals(int word)
    {
        List<WaveSignal> signals = [];
        Add(signals, "bits", 32 * word, ["firstPixel", "pixels", "firstChannel", "channels"], 1);
        Add(signals, "values", 32 * (word + BitWords), ["firstPixel", "pixels", "firstChannel", "channels", "saturations", "layer"], ValueBits);
        return signals;
    }

    private static void Place(ref BitWriter writer, int firstPixel, int pixels, int firstChannel, int channels)
    {
        writer.Append((ulong)firstPixel, FieldBits);
        writer.Append((ulong)pixels, FieldBits);
        writer.Append((ulong)firstChannel, FieldBits);
        writer.Append((ulong)channels, FieldBits);
    }

    private void Add(List<WaveSignal> signals, string channel, int offset, string[] fields, int bits)
    {
        foreach (string field in fields)
        {
            signals.Add(new WaveSignal($"{channel}.{field}", offset, FieldBits));
            offset += FieldBits;
        }

        foreach (string part in (string[])["re", "im"])
        {
            for (int i = 0; i < Pixels * Channels; i++, offset += bits)
            {
                signals.Add(new WaveSignal($"{channel}.{part}[{i / Channels}][{i % Channels}]", offset, bits));
            }
        }
    }

    private void Append(ref BitWriter writer, BitBlock block, ulong[] part)
    {
        ulong live = ulong.MaxValue >> (64 - block.Channels);
        for (int p = 0; p < Pixels; p++)
        {
            writer.Append(p < block.Pixels ? part[p] & live : 0, Channels);
        }
    }

    private void Append(ref BitWriter writer, ValueBlock block, short[] part)
    {
        for (int p = 0; p < Pixels; p++)
        {
            for (int c = 0; c < Channels; c++)
            {
                bool live = p < block.Pixels && c < block.Channels;
                writer.Append(live ? (ulong)part[(p * block.Channels) + c] : 0, ValueBits);
            }
        }
    }
}
