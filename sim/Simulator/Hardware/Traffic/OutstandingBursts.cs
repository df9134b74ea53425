namespace BcnnSim.Hardware.Traffic;

/// <summary>Bursts of one direction under way: answers of an identifier come in the order of its bursts.</summary>
internal sealed class OutstandingBursts
{
    private const int None = -1;
    private readonly int[] request;
    private readonly int[] beats;
    private readonly int[] next;
    private readonly int[] first;
    private readonly int[] last;
    private int free;

    public OutstandingBursts(int maxBeats, int identifiers)
    {
        request = new int[maxBeats];
        beats = new int[maxBeats];
        next = [.. Enumerable.Range(1, maxBeats)];
        next[^1] = None;
        first = [.. Enumerable.Repeat(None, identifiers)];
        last = new int[identifiers];
        MaxBeats = maxBeats;
    }

    public int MaxBeats { get; }

    public int Beats { get; private set; }

    public void Add(int identifier, int requestSlot, int burstBeats)
    {
        int slot = free;
        free = next[slot];
        request[slot] = requestSlot;
        beats[slot] = burstBeats;
        next[slot] = None;
        Beats += burstBeats;
        if (first[identifier] == None)
        {
            first[identifier] = slot;
        }
        else
        {
            next[last[identifier]] = slot;
        }

        last[identifier] = slot;
    }

    /// <summary>The oldest burst of an identifier is complete; its request.</summary>
    public int Complete(int identifier)
    {
        int slot = first[identifier];
        first[identifier] = next[slot];
        Beats -= beats[slot];
        next[slot] = free;
        free = slot;
        return request[slot];
    }
}
