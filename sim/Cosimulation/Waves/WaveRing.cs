namespace BcnnSim.Cosimulation.Waves;

/// <summary>The last cycles of one side of one design, kept cheaply until a difference makes them worth writing.</summary>
public sealed class WaveRing(int words)
{
    /// <summary>Cycles kept.</summary>
    public const int Capacity = 64;

    private readonly uint[] values = new uint[words * Capacity];

    /// <summary>Cycle after the newest one kept.</summary>
    public long End { get; private set; }

    public long Start => Math.Max(0, End - Capacity);

    /// <summary>Appends the next cycle.</summary>
    public void Add(ReadOnlySpan<uint> snapshot)
    {
        snapshot.CopyTo(Slot(End));
        End++;
    }

    public ReadOnlySpan<uint> this[long cycle] => cycle >= Start && cycle < End
        ? Slot(cycle)
        : throw new ArgumentOutOfRangeException(nameof(cycle));

    private Span<uint> Slot(long cycle) => values.AsSpan((int)(cycle % Capacity) * words, words);
}
