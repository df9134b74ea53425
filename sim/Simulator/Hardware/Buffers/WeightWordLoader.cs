using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Compute;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>Cuts the weight stream into words (memory layout: <see cref="ParameterImage"/>) and stores them in a ring of slots.</summary>
internal sealed class WeightWordLoader
{
    private readonly int lanes;
    private readonly int inputLanes;
    private readonly MemoryPlan memory;
    private readonly ulong[] assembly;
    private readonly int slots;
    private int assembled;
    private int slot;

    public WeightWordLoader(PeArrayDesign pe, MemoryPlan memory, int slots)
    {
        this.slots = slots;
        this.memory = memory;
        lanes = pe.OutputLanes;
        inputLanes = pe.InputLanes;
        assembly = new ulong[Math.Max(memory.WeightWordBytes, Beat256.Bytes) / 8 + 1];
        Words = new QuadrantBlock(slots * pe.OutputLanes);
    }

    public QuadrantBlock Words { get; }

    /// <summary>Words stored since the start; word n lies in slot n modulo the slots.</summary>
    public long Loaded { get; private set; }

    /// <summary>Part of a word has arrived.</summary>
    public bool Partial => assembled > 0;

    /// <summary>Words the next beat completes, of <paramref name="most"/> that are still to come.</summary>
    public int WordsOfNextBeat(int most) => memory.WeightWordBytes < Beat256.Bytes
        ? Math.Min(Beat256.Bytes / memory.WeightWordBytes, most)
        : (assembled + 1) * Beat256.Bytes == memory.WeightWordBytes ? 1 : 0;

    /// <summary>Takes a beat that holds at most <paramref name="most"/> words; the rest of it is padding.</summary>
    public void Load(in Beat256 beat, int most)
    {
        if (memory.WeightWordBytes >= Beat256.Bytes)
        {
            Assemble(beat);
            return;
        }

        int words = WordsOfNextBeat(most);
        for (int i = 0; i < words; i++)
        {
            for (int b = 0; b < 4; b++)
            {
                assembly[b] = beat[b];
            }

            Unpack(i * memory.WeightWordBytes * 8);
        }
    }

    private void Assemble(in Beat256 beat)
    {
        for (int b = 0; b < 4; b++)
        {
            assembly[(assembled * 4) + b] = beat[b];
        }

        if (++assembled * Beat256.Bytes == memory.WeightWordBytes)
        {
            assembled = 0;
            Unpack(0);
        }
    }

    /// <summary>Po fields of Pi bits for re, then im, then (if the network has masks) mask.</summary>
    private void Unpack(int bit)
    {
        int plane = lanes * inputLanes;
        ulong all = inputLanes == 64 ? ulong.MaxValue : (1UL << inputLanes) - 1;
        for (int o = 0; o < lanes; o++)
        {
            int at = (slot * lanes) + o;
            Words.Re[at] = Field(bit + (o * inputLanes));
            Words.Im[at] = Field(bit + plane + (o * inputLanes));
            Words.Mask[at] = memory.HasMasks ? Field(bit + (2 * plane) + (o * inputLanes)) : all;
        }

        Loaded++;
        slot = slot + 1 == slots ? 0 : slot + 1;
    }

    private ulong Field(int bit)
    {
        int shift = bit & 63;
        ulong value = assembly[bit >> 6] >> shift;
        if (shift + inputLanes > 64)
        {
            value |= assembly[(bit >> 6) + 1] << (64 - shift);
        }

        return inputLanes == 64 ? value : value & ((1UL << inputLanes) - 1);
    }
}
