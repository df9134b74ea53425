using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Hardware.Compute;
using BcnnSim.Networks;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>Random sums of a layer in the order of the accumulator bank: tile, group, pixels, channels of a group wider than a beat.</summary>
public sealed class SumStimulus
{
    private readonly StimulusRandom random;
    private readonly (int Pixels, int Outputs) tile;
    private readonly (int Pixels, int Channels) beat;
    private MapShape map;
    private int bound;
    private int tilePixel;
    private int pixel;
    private int group;
    private int channel;

    /// <param name="seed">Seed of the sums.</param>
    /// <param name="tile">Pp and Po.</param>
    /// <param name="beat">Pixels and channels of a full beat.</param>
    public SumStimulus(long seed, (int Pixels, int Outputs) tile, (int Pixels, int Channels) beat)
    {
        random = new StimulusRandom(seed);
        this.tile = tile;
        this.beat = beat;
    }

    /// <summary>Whether beats of the layer are left.</summary>
    public bool Active { get; private set; }

    /// <summary>Starts a layer whose sums stay within +-<paramref name="largest"/>.</summary>
    public void Begin(MapShape layer, int largest)
    {
        map = layer;
        bound = largest;
        (tilePixel, pixel, group, channel) = (0, 0, 0, 0);
        Active = true;
    }

    /// <summary>
    /// A new block each time: a beat that passes through may wait for as long as it likes while those of the next layer are taken, which
    /// a machine's barrier between layers forbids.
    /// </summary>
    public SumBlock Next()
    {
        SumBlock block = new(beat.Pixels, beat.Channels);
        block.Pixels = Math.Min(beat.Pixels, Math.Min(tilePixel + tile.Pixels, map.Pixels) - pixel);
        block.Channels = Math.Min(beat.Channels, GroupEnd - channel);
        block.FirstChannel = channel;
        for (int i = 0; i < block.Pixels; i++)
        {
            block.PixelIndex[i] = pixel + i;
        }

        int kind = random.Between(0, 7);
        for (int i = 0; i < block.Pixels * block.Channels; i++)
        {
            block.Re[i] = Sum(kind);
            block.Im[i] = Sum(kind);
        }

        Advance(block);
        return block;
    }

    private int GroupEnd => Math.Min(group + tile.Outputs, map.Channels);

    /// <summary>Most beats are wide; some are small numbers around 0, some the extremes.</summary>
    private int Sum(int kind) => kind switch
    {
        0 => random.Between(-Math.Min(3, bound), Math.Min(3, bound)),
        1 => random.Between(0, 1) == 0 ? bound : -bound,
        _ => random.Between(-bound, bound),
    };

    private void Advance(SumBlock block)
    {
        channel += block.Channels;
        if (channel < GroupEnd)
        {
            return;
        }

        channel = group;
        pixel += block.Pixels;
        if (pixel < Math.Min(tilePixel + tile.Pixels, map.Pixels))
        {
            return;
        }

        group = GroupEnd == map.Channels ? 0 : GroupEnd;
        channel = group;
        tilePixel = group == 0 ? pixel : tilePixel;
        pixel = tilePixel;
        Active = pixel < map.Pixels;
    }
}
