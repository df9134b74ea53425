using BcnnSim.Hardware.Axi;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Dma;

/// <summary>Cuts a transfer into AXI bursts: at most maxBeats, never across a 4 KiB boundary.</summary>
internal sealed class BurstSplitter(int maxBeats)
{
    private long address;
    private int beatsLeft;

    public bool Active => beatsLeft > 0;

    public void Begin(long start, int beats)
    {
        address = start;
        beatsLeft = beats;
    }

    /// <summary>Beats of the coming burst.</summary>
    public int Beats
    {
        get
        {
            int toBoundary = (int)(MemoryPlanner.PageBytes - (address & (MemoryPlanner.PageBytes - 1))) / Beat256.Bytes;
            return Math.Min(Math.Min(maxBeats, beatsLeft), toBoundary);
        }
    }

    /// <summary>Start of the coming burst; moves on.</summary>
    public long Take()
    {
        long start = address;
        int beats = Beats;
        address += (long)beats * Beat256.Bytes;
        beatsLeft -= beats;
        return start;
    }
}
