namespace BcnnSim.Kernel;

/// <summary>
/// Fixed-latency path inside one component: entered at cycle n, a value leaves at cycle n + latency, in order. Used where a
/// pipeline never stalls; its owner bounds how many are inside by reserving space at the exit.
/// </summary>
public sealed class DelayLine<T>(int latency, int capacity)
    where T : struct
{
    // Most lines hold far less than their bound: a small ring stays in the cache.
    private const int FirstEntries = 16;

    private (T Value, long Due)[] ring = new (T, long)[Math.Min(capacity, FirstEntries)];
    private int head;

    public int Latency { get; } = latency;

    public int Count { get; private set; }

    /// <summary>Cycle at which the oldest value may leave; long.MaxValue when empty.</summary>
    public long NextDue => Count == 0 ? long.MaxValue : ring[head].Due;

    /// <summary>Cycle at which the value behind <paramref name="index"/> older ones may leave; long.MaxValue if there is none.</summary>
    public long DueBehind(int index)
    {
        int at = head + index;
        return index >= Count ? long.MaxValue : ring[at < ring.Length ? at : at - ring.Length].Due;
    }

    public void Enter(in T value, long cycle) => EnterDue(value, cycle + Latency);

    /// <summary>Enters a value that may leave at <paramref name="due"/>; due times must not decrease.</summary>
    public void EnterDue(in T value, long due) => EnterDue(due) = value;

    /// <summary>As <see cref="EnterDue(in T, long)"/>, of a value that the caller writes in place.</summary>
    public ref T EnterDue(long due)
    {
        if (Count == ring.Length)
        {
            Grow(due);
        }

        int at = head + Count++;
        ref (T Value, long Due) entry = ref ring[at < ring.Length ? at : at - ring.Length];
        entry.Due = due;
        return ref entry.Value;
    }

    /// <summary>The oldest value; only when <see cref="NextDue"/> has come.</summary>
    public T Peek() => ring[head].Value;

    /// <summary>Takes the oldest value; the reference holds until another one enters.</summary>
    public ref readonly T Leave()
    {
        int at = head;
        head = at + 1 == ring.Length ? 0 : at + 1;
        Count--;
        return ref ring[at].Value;
    }

    private void Grow(long due)
    {
        if (Count == capacity)
        {
            throw new ModelException($"delay line of {capacity} entries overflows (due {due})");
        }

        var larger = new (T, long)[Math.Min(capacity, 2 * ring.Length)];
        for (int i = 0; i < Count; i++)
        {
            int at = head + i;
            larger[i] = ring[at < ring.Length ? at : at - ring.Length];
        }

        (ring, head) = (larger, 0);
    }
}
