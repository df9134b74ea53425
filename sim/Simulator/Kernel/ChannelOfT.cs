using System.Runtime.CompilerServices;

namespace BcnnSim.Kernel;

/// <summary>FIFO between two components of one clock: valid = Count != 0, ready = Count != Depth, both registered.</summary>
public sealed class Channel<T> : Channel
    where T : struct
{
    private readonly T[] ring;

    public Channel(Simulation simulation, string name, int depth)
        : base(simulation, name, depth, crosses: false) => ring = new T[Places];

    public bool CanPush
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Count < Depth && !Pushed;
    }

    public bool CanPop
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Count > 0 && !Popped;
    }

    /// <summary>For the producer's answer to "tick me next": space will be left after this edge even if nobody takes.</summary>
    public bool HasSpaceNext
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Count + (Pushed ? 1 : 0) < Depth;
    }

    /// <summary>For the consumer's answer to "tick me next": a beat will be left after this edge even if nobody pushes.</summary>
    public bool HasBeatNext
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Count - (Popped ? 1 : 0) > 0;
    }

    /// <summary>The oldest committed beat; only while <see cref="CanPop"/>.</summary>
    public ref readonly T Head
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref ring[First];
    }

    /// <summary>For observers, in OnCommit with pushed: the beat pushed in this edge.</summary>
    public ref readonly T Pushing => ref ring[Free];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(in T beat) => Put() = beat;

    /// <summary>Pushes a beat that the caller writes in place: at once and whole. Spares the copy of one that is made for the push.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Put()
    {
        if (!CanPush)
        {
            throw Violation(Producer, Pushed ? "second push in one edge" : "push into a full channel");
        }

        Touch();
        Pushed = true;
        return ref ring[Free];
    }

    /// <summary>Takes the head, which stays where it is until the edge commits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly T Pop()
    {
        if (!CanPop)
        {
            throw Violation(Consumer, Popped ? "second pop in one edge" : "pop from an empty channel");
        }

        Touch();
        Popped = true;
        return ref ring[First];
    }
}
