using System.Runtime.CompilerServices;

namespace BcnnSim.Kernel;

/// <summary>
/// Register stages inside one component with one enable for all: either every stage moves on, or none (a bubble is never closed).
/// In RTL: valid[0..depth-1] and data registers sharing one clock enable.
/// </summary>
public sealed class StallPipeline<T>
    where T : struct
{
    private readonly T[] ring;
    private readonly ulong lastBit;
    private ulong valid;
    private int first;

    /// <summary>Creates an empty pipeline of 1 to 63 stages.</summary>
    public StallPipeline(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, 63);
        ring = new T[depth];
        lastBit = 1UL << (depth - 1);
    }

    public int Depth => ring.Length;

    public bool IsEmpty => valid == 0;

    public bool LastValid
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (valid & lastBit) != 0;
    }

    /// <summary>Content of the last stage; only while <see cref="LastValid"/>.</summary>
    public ref readonly T Last
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref ring[first];
    }

    /// <summary>Moves every stage on; the first stage becomes empty, what was in the last is gone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Shift()
    {
        valid = (valid & ~lastBit) << 1;
        first = first + 1 == ring.Length ? 0 : first + 1;
    }

    /// <summary>Fills the first stage, right after <see cref="Shift"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill(in T value)
    {
        ring[first == 0 ? ring.Length - 1 : first - 1] = value;
        valid |= 1;
    }
}
