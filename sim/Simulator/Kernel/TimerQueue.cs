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

        ProgressCount += background ? 0 : 1;
        SiftUp(Count++, new Entry(cycle, component, background));
    }

    /// <summary>Removes the earliest entry and returns its component.</summary>
    public int RemoveNext()
    {
        Entry top = heap[0];
        RemoveAt(0);
        return top.Component;
    }

    /// <summary>Removes an entry that was added with these values. Linear: a timer is seldom taken back.</summary>
    public void Remove(long cycle, int component, bool background) =>
        RemoveAt(Array.IndexOf(heap, new Entry(cycle, component, background), 0, Count));

    private void RemoveAt(int hole)
    {
        ProgressCount -= heap[hole].Background ? 0 : 1;
        Entry last = heap[--Count];
        if (hole == Count)
        {
            return;
        }

        if (hole > 0 && last.Before(heap[(hole - 1) / 2]))
        {
            SiftUp(hole, last);
        }
        else
        {
            SiftDown(hole, last);
        }
    }

    private void SiftUp(int i, in Entry entry)
    {
        while (i > 0 && entry.Before(heap[(i - 1) / 2]))
        {
            heap[i] = heap[(i - 1) / 2];
            i = (i - 1) / 2;
        }

        heap[i] = entry;
    }

    private void SiftDown(int i, in Entry entry)
    {
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

            if (!heap[child].Before(entry))
            {
                break;
            }

            heap[i] = heap[child];
            i = child;
        }

        heap[i] = entry;
    }

    private readonly record struct Entry(long Cycle, int Component, bool Background)
    {
        public bool Before(in Entry other) =>
            Cycle < other.Cycle || (Cycle == other.Cycle && Component < other.Component);
    }
}
