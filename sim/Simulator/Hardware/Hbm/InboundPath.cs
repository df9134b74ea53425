using System.Runtime.CompilerServices;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Beats of one AXI channel on the inbound part of the fixed path, in order. On a straight way (<see cref="StraightWay"/>) they pass the
/// register stage of the switch first.
/// </summary>
internal struct InboundPath<T>
    where T : struct
{
    /// <summary>The path is a pipeline: a beat per cycle fits, with a few waiting at its end.</summary>
    private const int Waiting = 8;
    private readonly Channel<T> from;
    private readonly int cycles;
    private readonly int stageDepth;
    private readonly int capacity;
    private readonly (T Beat, long Due)[] entries;
    private int head;
    private int count;
    private int staged;

    /// <param name="from">Channel of the link.</param>
    /// <param name="cycles">Length of the path.</param>
    /// <param name="straight">Whether the stage of the switch lies before it.</param>
    public InboundPath(Channel<T> from, int cycles, bool straight)
    {
        this.from = from;
        this.cycles = cycles;
        stageDepth = straight ? StraightWay.Depth : 0;
        capacity = cycles + Waiting;
        entries = new (T, long)[capacity + stageDepth];
    }

    public readonly bool IsEmpty => count + staged == 0;

    /// <summary>Nothing on it and nothing before it.</summary>
    public readonly bool IsQuiet => count + staged + from.Count == 0;

    /// <summary>Cycle from which the oldest beat may leave; long.MaxValue if there is none on the path.</summary>
    public readonly long NextDue => count > 0 ? entries[head].Due : long.MaxValue;

    /// <summary>The oldest beat, once <see cref="NextDue"/> has come.</summary>
    public readonly ref readonly T Head => ref entries[head].Beat;

    private readonly bool HasRoom => count < capacity;

    /// <summary>Takes a beat from the link if there is one, room for it, and, on a straight way, an <paramref name="open"/> switch; true if it did.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Accept(long cycle, bool open)
    {
        if (stageDepth > 0)
        {
            return Pass(cycle, open);
        }

        bool takes = HasRoom && from.CanPop;
        if (takes)
        {
            // Field by field: a tuple would be made and copied.
            ref (T Beat, long Due) entry = ref entries[At(count++)];
            entry.Beat = from.Pop();
            entry.Due = cycle + cycles;
        }

        return takes;
    }

    /// <summary>A beat can move at the next edge if nothing else happens; <paramref name="open"/> as in <see cref="Accept"/>.</summary>
    public readonly bool MoreNext(bool open) => stageDepth == 0
        ? HasRoom && from.HasBeatNext
        : (staged > 0 && HasRoom) || (open && staged < stageDepth && from.HasBeatNext);

    /// <summary>Takes the oldest beat off.</summary>
    public void Leave()
    {
        count--;
        head = head + 1 == entries.Length ? 0 : head + 1;
    }

    /// <summary>Link to stage and stage to path in one edge, each by what the registers showed before it.</summary>
    private bool Pass(long cycle, bool open)
    {
        int waiting = staged;
        bool takes = open && waiting < stageDepth && from.CanPop;
        if (takes)
        {
            entries[At(count + waiting)].Beat = from.Pop();
            staged++;
        }

        if (waiting > 0 && HasRoom)
        {
            entries[At(count++)].Due = cycle + cycles;
            staged--;
        }

        return takes;
    }

    private readonly int At(int index)
    {
        int at = head + index;
        return at >= entries.Length ? at - entries.Length : at;
    }
}
