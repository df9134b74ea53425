namespace BcnnSim.Kernel;

/// <summary>
/// FIFO between two clocks. Pushed at time t, a beat can be popped from the k-th destination edge strictly after t; popped at t,
/// its space can be used from the m-th source edge strictly after t (k, m >= 2: synchroniser stages). A real crossing varies by a
/// cycle with the phase of the clocks (DEVIATIONS.md); this one is exact and repeatable.
/// </summary>
public sealed class CrossingChannel<T> : Channel
    where T : struct
{
    private readonly ClockDomain source;
    private readonly ClockDomain destination;
    private readonly int forwardEdges;
    private readonly int backwardEdges;
    private readonly Queue<(T Beat, long VisibleCycle)> beats;
    private readonly Queue<long> freed;
    private int occupied;
    private T pushedBeat;

    public CrossingChannel(
        Simulation simulation, string name, int depth, ClockDomain source, ClockDomain destination, int forwardEdges, int backwardEdges)
        : base(simulation, name, depth, crosses: true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(forwardEdges, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(backwardEdges, 2);
        this.source = source;
        this.destination = destination;
        this.forwardEdges = forwardEdges;
        this.backwardEdges = backwardEdges;
        beats = new Queue<(T, long)>(depth);
        freed = new Queue<long>(depth);
    }

    /// <summary>Evaluated at the source clock's current cycle.</summary>
    public bool CanPush => !Pushed && Occupied() < Depth;

    /// <summary>Evaluated at the destination clock's current cycle.</summary>
    public bool CanPop => !Popped && beats.Count > 0 && beats.Peek().VisibleCycle <= destination.Cycle;

    public T Head => beats.Peek().Beat;

    /// <summary>For observers, in OnCommit with pushed: the beat pushed in this edge.</summary>
    public T Pushing => pushedBeat;

    /// <summary>A beat will be visible at the next destination edge even if nobody pushes.</summary>
    public bool HasBeatNext
    {
        get
        {
            int skip = Popped ? 1 : 0;
            foreach ((T _, long visible) in beats)
            {
                if (skip-- > 0)
                {
                    continue;
                }

                return visible <= destination.Cycle + 1;
            }

            return false;
        }
    }

    /// <summary>Space will be left at the next source edge without any further event.</summary>
    public bool HasSpaceNext => Occupied() + (Pushed ? 1 : 0) < Depth;

    public void Push(in T beat)
    {
        if (!CanPush)
        {
            throw Violation(Producer, Pushed ? "second push in one edge" : "push into a full channel");
        }

        pushedBeat = beat;
        Touch();
        Pushed = true;
    }

    public T Pop()
    {
        if (!CanPop)
        {
            throw Violation(Consumer, Popped ? "second pop in one edge" : "pop from an empty channel");
        }

        Touch();
        Popped = true;
        return beats.Peek().Beat;
    }

    internal override void CheckWiring()
    {
        // An end may be left open (the write half of a read-only port), as long as nothing passes.
        if ((Producer is not null && Producer.Clock != source) || (Consumer is not null && Consumer.Clock != destination))
        {
            throw new ModelException(Producer, -1, this, $"needs a producer on clock {source.Name} and a consumer on clock {destination.Name}");
        }
    }

    private protected override void CommitCrossing(long time)
    {
        if (Popped)
        {
            Popped = false;
            beats.Dequeue();
            long visible = (time / source.Period) + backwardEdges;
            freed.Enqueue(visible);
            source.WakeAt(visible, Producer ?? throw OpenEnd());
            WakeConsumer.Wake();
        }

        if (Pushed)
        {
            Pushed = false;
            occupied++;
            long visible = (time / destination.Period) + forwardEdges;
            beats.Enqueue((pushedBeat, visible));
            destination.WakeAt(visible, Consumer ?? throw OpenEnd());
            WakeProducer.Wake();
        }

        Count = beats.Count;
    }

    private ModelException OpenEnd() => Violation(Producer ?? Consumer, "a beat passes although one end is open");

    /// <summary>Slots the source must still regard as taken. Pure: returned space is counted, not consumed.</summary>
    private int Occupied()
    {
        while (freed.Count > 0 && freed.Peek() <= source.Cycle)
        {
            freed.Dequeue();
            occupied--;
        }

        return occupied;
    }
}
