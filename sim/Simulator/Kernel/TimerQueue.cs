namespace BcnnSim.Kernel;

/// <summary>Binary heap of wake-ups of one domain, by cycle then component: no dependence on insertion order.</summary>
public sealed class TimerQueue
{
    private Entry[] heap = new Entry[64];

    public int Count { get; private set; }

    /// <summary>Pending entries that keep a run alive.</summary>
    public int ProgressCount { get; private set; }

    /// <summary>Earliest cycle, or long.MaxValue.</summary>
    public long NextCycle => Count == 0 ? long.MaxValue : heap[0].Cycle;

    public void Add(long cycle, int component, bool background)
    {
        if (Count == heap.Length)
        {
            Array.Resize(ref heap, heap.Length * 2);
        }

        int i = Count++;
        if (!background)
        {
            ProgressCount++;
        }

        Entry entry = new(cycle, component, background);
        while (i > 0 && entry.Before(heap[(i - 1) / 2]))
        {
            heap[i] = heap[(i - 1) / 2];
            i = (i - 1) / 2;
        }

        heap[i] = entry;
    }

    /// <summary>Removes the earliest entry and returns its component.</summary>
    public int RemoveNext()
    {
        Entry top = heap[0];
        if (!top.Background)
        {
            ProgressCount--;
        }

        Entry last = heap[--Count];
        int i = 0;
        while (true)
        {
            int child = (2 * i) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && heap[child + 1].Before(heap[child]))
            {
                child++;
            }

            if (!heap[child].Before(last))
            {
                break;
            }

            heap[i] = heap[child];
            i = child;
        }

        heap[i] = last;
        return top.Component;
    }

    private readonly record struct Entry(long Cycle, int Component, bool Background)
    {
        public bool Before(in Entry other) =>
            Cycle < other.Cycle || (Cycle == other.Cycle && Component < other.Component);
    }
}
