using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Hardware.Compute;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>
/// Random words of quadrant lanes, for the model in a block of words and for the RTL as packed bits. Lanes that no mask selects hold
/// random bits, beyond the array's width too, so that a mask that is not honoured shows.
/// </summary>
public sealed class QuadrantStimulus
{
    private readonly StimulusRandom random;
    private readonly int words;
    private readonly int lanes;
    private readonly int stride;
    private readonly int slots;
    private int slot = -1;

    /// <param name="seed">Seed of the bits.</param>
    /// <param name="words">Words of a beat (pixels or output channels).</param>
    /// <param name="lanes">Lanes of a word.</param>
    /// <param name="slots">Beats that may be alive at once.</param>
    public QuadrantStimulus(long seed, int words, int lanes, int slots)
    {
        random = new StimulusRandom(seed);
        this.words = words;
        this.lanes = lanes;
        this.slots = slots;
        stride = PeArray.PixelStride(words);
        Block = new QuadrantBlock(stride * slots);
    }

    public QuadrantBlock Block { get; }

    /// <summary>First word of the newest beat.</summary>
    public int Offset => slot * stride;

    /// <summary>Makes the next beat and writes it for the RTL: re, im, mask of every word, then <paramref name="tag"/>.</summary>
    public void Next(Span<uint> packed, int tag, int tagBits)
    {
        slot = slot + 1 == slots ? 0 : slot + 1;
        int density = (int)(random.Next() & 7);
        for (int w = Offset; w < Offset + words; w++)
        {
            Block.Re[w] = random.Next();
            Block.Im[w] = random.Next();
            Block.Mask[w] = Mask(density) & (ulong.MaxValue >> (64 - lanes));
        }

        BitWriter writer = new(packed);
        Append(ref writer, Block.Re);
        Append(ref writer, Block.Im);
        Append(ref writer, Block.Mask);
        writer.Append((ulong)tag, tagBits);
        writer.Flush();
    }

    // Half the beats are dense as in an unpruned layer; the others are random, sparse or empty.
    private ulong Mask(int density) => density switch
    {
        < 4 => ulong.MaxValue,
        4 => random.Next(),
        5 => random.Next() & random.Next() & random.Next(),
        6 => random.Next() | random.Next() | random.Next(),
        _ => 0,
    };

    private void Append(ref BitWriter writer, ulong[] part)
    {
        for (int w = Offset; w < Offset + words; w++)
        {
            writer.Append(part[w], lanes);
        }
    }
}
