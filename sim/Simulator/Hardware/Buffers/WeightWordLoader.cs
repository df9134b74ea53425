using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Compute;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>Cuts the parameter stream into weight words (memory layout: <see cref="ParameterImage"/>) and stores them.</summary>
internal sealed class WeightWordLoader
{
    private readonly int lanes;
    private readonly int inputLanes;
    private readonly MemoryPlan memory;
    private readonly ulong[] assembly;
    private int assembled;
    private int word;

    public WeightWordLoader(PeArrayDesign pe, MemoryPlan memory)
    {
        this.memory = memory;
        lanes = pe.OutputLanes;
        inputLanes = pe.InputLanes;
        assembly = new ulong[Math.Max(memory.WeightWordBytes, Beat256.Bytes) / 8 + 1];
        Words = new QuadrantBlock(memory.WeightWords * pe.OutputLanes);
    }

    public QuadrantBlock Words { get; }

    public bool Complete => word == memory.WeightWords;

    /// <summary>Something arrived, not everything.</summary>
    public bool Partial => !Complete && (word > 0 || assembled > 0);

    public void Load(in Beat256 beat)
    {
        if (memory.WeightWordBytes >= Beat256.Bytes)
        {
            Assemble(beat);
            return;
        }

        int perBeat = Beat256.Bytes / memory.WeightWordBytes;
        for (int i = 0; i < perBeat && !Complete; i++)
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
            int at = (word * lanes) + o;
            Words.Re[at] = Field(bit + (o * inputLanes));
            Words.Im[at] = Field(bit + plane + (o * inputLanes));
            Words.Mask[at] = memory.HasMasks ? Field(bit + (2 * plane) + (o * inputLanes)) : all;
        }

        word++;
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
