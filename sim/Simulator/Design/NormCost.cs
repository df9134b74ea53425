namespace BcnnSim.Design;

/// <summary>
/// LUTs, flip-flops and DSPs of the norm unit, fitted to Yosys on bcnn_norm_unit (table in tools/rtl/README.md). A lane: two sums of three 48-bit operands,
/// two thresholds, two shifters of 48 bits that round and saturate; Yosys leaves the sums in the fabric, a DSP's own adder could take them.
/// </summary>
/// <param name="OutputLanes">Po.</param>
/// <param name="Lanes">Nn.</param>
/// <param name="AccumulatorBits">Bits of one component.</param>
/// <param name="PipelineDepth">Stages.</param>
public readonly record struct NormCost(int OutputLanes, int Lanes, int AccumulatorBits, int PipelineDepth)
{
    /// <summary>Constants of a channel: four int16 coefficients, two of 48 bits, shift, inversions (ParameterImage).</summary>
    public const int ConstantBits = (4 * CoefficientBits) + (2 * 48) + 6 + 2;

    private const int CoefficientBits = 16;
    private const int ValueBits = 16;
    private const int Control = 240;
    private const int ControlRegisters = 100;
    private const int TagBits = 81;
    private const int Lane = 710;
    private const int SecondDsp = 140;
    private const int Channel = 18;

    /// <summary>Wide operand of a DSP48E2: 27 x 18 bits signed.</summary>
    private const int DspWideBits = 27;

    public static NormCost Of(AcceleratorDesign d) => new(d.PeArray.OutputLanes, d.Norm.Lanes, d.Accumulator.Bits, d.Norm.PipelineDepth);

    /// <summary>DSPs of one product.</summary>
    public int DspPerProduct => AccumulatorBits <= DspWideBits ? 1 : 2;

    /// <summary>Banks of the table: channels of a beat, rounded up to a power of two.</summary>
    public int Banks
    {
        get
        {
            int banks = 1;
            while (banks < Channels)
            {
                banks *= 2;
            }

            return banks;
        }
    }

    /// <summary>LUTs per bit of a constant that turn the banks to a layer's first channel: one per power of two.</summary>
    public int Turn => MemoryCost.Bits(Banks) - 1;

    private long Channels => Math.Min(Lanes, OutputLanes);

    /// <summary>Everything but the table. Ranks, in order: table (from two stages on), products (four), sums (three), all others results.</summary>
    public ResourceCount Logic
    {
        get
        {
            long lut = Control + ((Lane + ((DspPerProduct - 1) * SecondDsp)) * (long)Lanes) + (Channels * (Channel + (ConstantBits * Turn)));
            int products = PipelineDepth > 3 ? 1 : 0;
            int sums = PipelineDepth > 2 ? 1 : 0;
            int table = PipelineDepth > 1 ? 1 : 0;
            int results = PipelineDepth - table - products - sums;
            long lane = (table * 2 * AccumulatorBits) + (products * 4L * (AccumulatorBits + CoefficientBits)) + (sums * 96) + (results * 2 * ValueBits);
            long channel = (products * 96) + (6 * (products + sums));

            // Ranks of a tag that nothing reads between become shift registers: of three ranks most, of four or more all but a few.
            long tags = PipelineDepth switch { 1 => TagBits, 2 => 2 * TagBits, 3 => TagBits + 18, _ => 0 };
            return new ResourceCount(lut, ControlRegisters + tags + (Lanes * lane) + (Channels * channel), Dsp: 4L * Lanes * DspPerProduct);
        }
    }

    /// <summary>The table: every bank its own address. Block RAM has the first rank's register inside, LUTRAM has not.</summary>
    public ResourceCount Table(int tableChannels)
    {
        long width = Banks * (long)ConstantBits;
        long depth = MemoryCost.CeilDiv(tableChannels, Banks);
        MemoryKind kind = MemoryCost.KindFor(depth);
        return MemoryCost.Of(kind, width, depth) + new ResourceCount(0, kind == MemoryKind.Lutram && PipelineDepth > 1 ? width : 0);
    }
}
