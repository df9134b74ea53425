using System.Numerics;

namespace BcnnSim.Design;

/// <summary>
/// LUTs and flip-flops of the sum pooling unit, fitted to Yosys on bcnn_pool_unit (table in tools/rtl/README.md). Every pixel lane may read and write any of
/// the memories and go on from any lane before it, so the choice grows with the square of the pixel lanes.
/// </summary>
/// <param name="OutputLanes">Po.</param>
/// <param name="NormLanes">Nn: the width of a beat.</param>
/// <param name="Lanes">Sums added per cycle.</param>
/// <param name="AccumulatorBits">Bits of one component.</param>
/// <param name="StateEntries">Running sums.</param>
public readonly record struct PoolCost(int OutputLanes, int NormLanes, int Lanes, int AccumulatorBits, int StateEntries)
{
    private const int Control = 250;
    private const int ControlPerPixel = 300;
    private const int ControlRegisters = 250;
    private const int ChunkControl = 55;
    private const int ChunkRegisters = 40;

    public static PoolCost Of(AcceleratorDesign d) => new(d.PeArray.OutputLanes, d.Norm.Lanes, d.Pool.Lanes, d.Accumulator.Bits, d.Pool.StateEntries);

    /// <summary>Pixels and channels of a chunk.</summary>
    public int LanePixels => Math.Min(BeatPixels, Math.Max(1, Lanes / BeatChannels));

    public int LaneChannels => Math.Min(Lanes, BeatChannels);

    /// <summary>Memories of the running sums: a bank per pixel lane, rounded up to a power of two, in two halves where a chunk may go round a row's end.</summary>
    public int Memories => Halves * Banks;

    /// <summary>A bank per pixel lane, rounded up to a power of two.</summary>
    public int Banks => (int)BitOperations.RoundUpToPowerOf2((uint)LanePixels);

    private int Halves => LanePixels == 1 ? 1 : 2;

    /// <summary>Bits of a word: LaneChannels complex sums.</summary>
    public long WordBits => 2L * LaneChannels * AccumulatorBits;

    /// <summary>Words of a memory.</summary>
    public long Words => MemoryCost.CeilDiv(Math.Max(1, StateEntries), (long)Memories * LaneChannels);

    /// <summary>Chunks of a full beat.</summary>
    public long Chunks => MemoryCost.CeilDiv(BeatPixels, LanePixels) * MemoryCost.CeilDiv(BeatChannels, LaneChannels);

    /// <summary>
    /// Running sums that a layer takes up, with what its rows leave empty: a row of pooled columns takes whole words of all banks, and as many of
    /// the even as of the odd half if it takes several; a group of Po channels as many rows as it has chunks (bcnn_pool_sums).
    /// </summary>
    public long TakenBy(int columns, int channels)
    {
        long row = MemoryCost.CeilDiv(columns, Banks);
        row += row > 1 && Halves == 2 ? row & 1 : 0;
        long chunks = MemoryCost.CeilDiv(OutputLanes, BeatChannels) * MemoryCost.CeilDiv(BeatChannels, LaneChannels);
        return row * MemoryCost.CeilDiv(channels, OutputLanes) * chunks * Banks * LaneChannels;
    }

    private int BeatPixels => Math.Max(1, NormLanes / OutputLanes);

    private int BeatChannels => Math.Min(OutputLanes, NormLanes);

    /// <summary>Everything but the memories. A beat in several chunks needs a multiplexer in front and its results kept.</summary>
    public ResourceCount Logic
    {
        get
        {
            long laneBits = LanePixels * WordBits;
            long resultBits = (BeatPixels + 1) / 2 * 2L * BeatChannels * AccumulatorBits;
            long passBits = 2L * BeatPixels * BeatChannels * AccumulatorBits;
            long chunked = Chunks == 1 ? 0 : ChunkControl + (laneBits * MemoryCost.Multiplexer(Chunks)) + passBits + resultBits;
            long lut = Control + (ControlPerPixel * (long)LanePixels) + (laneBits * (13 + (6L * LanePixels * LanePixels)) / 10) + chunked;
            return new ResourceCount(lut, ControlRegisters + (Chunks == 1 ? 0 : ChunkRegisters + resultBits));
        }
    }

    /// <summary>One port, read and written in the same cycle: LUTRAM of a LUT per bit and 64 words, or block RAM read a beat ahead.</summary>
    public ResourceCount State => MemoryCost.KindFor(Words) == MemoryKind.Lutram
        ? new ResourceCount(Memories * WordBits / (Words <= 32 ? 2 : 1), 0)
        : Memories * MemoryCost.Of(MemoryCost.KindFor(Words), WordBits, Words);
}
