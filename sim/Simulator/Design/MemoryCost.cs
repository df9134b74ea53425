namespace BcnnSim.Design;

/// <summary>Primitives of one simple dual port memory (one read, one write port) of width x depth.</summary>
public static class MemoryCost
{
    /// <summary>Widest and deepest shapes of a BRAM36 in simple dual port mode; 512 x 72 is the widest.</summary>
    private static readonly (int Width, int Depth)[] BramShapes = [(72, 512), (36, 1024), (18, 2048), (9, 4096), (4, 8192), (2, 16_384), (1, 32_768)];

    /// <summary>URAM288 has one shape.</summary>
    private const int UramWidth = 72;
    private const int UramDepth = 4096;

    /// <param name="kind">Primitive.</param>
    /// <param name="width">Bits of a word.</param>
    /// <param name="depth">Words.</param>
    public static ResourceCount Of(MemoryKind kind, long width, long depth) => kind switch
    {
        MemoryKind.Bram => new ResourceCount(0, 0, Bram36: BramShapes.Min(s => CeilDiv(width, s.Width) * CeilDiv(depth, s.Depth))),
        MemoryKind.Uram => new ResourceCount(0, 0, Uram: CeilDiv(width, UramWidth) * CeilDiv(depth, UramDepth)),
        _ => Lutram(width, depth),
    };

    /// <summary>The primitive a memory without a choice of its own is put in: LUTRAM up to 64 words, BRAM up to 4,096, URAM beyond.</summary>
    public static MemoryKind KindFor(long depth) => depth <= 64 ? MemoryKind.Lutram : depth <= UramDepth ? MemoryKind.Bram : MemoryKind.Uram;

    /// <summary>As data sheets write it.</summary>
    public static string Name(MemoryKind kind) => kind switch
    {
        MemoryKind.Bram => "BRAM36",
        MemoryKind.Uram => "URAM",
        _ => "LUTRAM",
    };

    /// <summary>
    /// A FIFO of a channel: up to two words in registers with a 2:1 multiplexer per bit, deeper ones in LUTRAM behind an output register; 2 (b + 1) bits
    /// of pointers and count, one LUT each, b = bits of the depth.
    /// </summary>
    public static ResourceCount Fifo(long width, long depth)
    {
        long control = 2 * (Bits(depth) + 1);
        ResourceCount storage = depth <= 2 ? new ResourceCount((depth - 1) * width, depth * width) : Lutram(width, depth) + new ResourceCount(0, width);
        return storage + new ResourceCount(control, control);
    }

    /// <summary>n:1 multiplexer of one bit in 6-input LUTs (4:1 each, no wide multiplexers): ceil((n - 1) / 3).</summary>
    public static long Multiplexer(long inputs) => CeilDiv(inputs - 1, 3);

    /// <summary>Bits that count up to <paramref name="value"/>.</summary>
    public static int Bits(long value)
    {
        int bits = 1;
        while (value >> bits > 0)
        {
            bits++;
        }

        return bits;
    }

    public static long CeilDiv(long a, long b) => (a + b - 1) / b;

    /// <summary>RAM32M16: 8 LUTs hold 32 x 14; RAM64M8: 8 LUTs hold 64 x 7. Deeper memories add a multiplexer per bit.</summary>
    private static ResourceCount Lutram(long width, long depth)
    {
        if (depth <= 32)
        {
            return new ResourceCount(8 * CeilDiv(width, 14), 0);
        }

        long blocks = CeilDiv(depth, 64);
        return new ResourceCount((8 * CeilDiv(width, 7) * blocks) + (width * Multiplexer(blocks)), 0);
    }
}
