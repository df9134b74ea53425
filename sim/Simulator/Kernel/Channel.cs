using System.Numerics;
using System.Runtime.CompilerServices;

namespace BcnnSim.Kernel;

/// <summary>
/// State every channel has apart from its beats: a FIFO with a registered count (contract 2 of <see cref="Component"/>).
/// </summary>
public abstract class Channel
{
    private readonly bool crosses;
    private readonly int mask;

    private protected Channel(Simulation simulation, string name, int depth, bool crosses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        this.crosses = crosses;
        mask = (int)BitOperations.RoundUpToPowerOf2((uint)depth) - 1;
        Simulation = simulation;
        Name = name;
        Depth = depth;
        Index = simulation.Register(this);
    }

    public Simulation Simulation { get; }

    public string Name { get; }

    /// <summary>Beats it can hold; 1 gives half rate, 2 full rate.</summary>
    public int Depth { get; }

    public Component? Producer { get; private set; }

    public Component? Consumer { get; private set; }

    /// <summary>Beats inside, as committed; for a crossing, every beat pushed and not popped.</summary>
    public int Count { get; private protected set; }

    /// <summary>Number in order of creation within its simulation.</summary>
    internal int Index { get; }

    internal IChannelObserver? Observer { get; private set; }

    /// <summary>Place of the oldest beat, of <see cref="Places"/> that are used in turn.</summary>
    private protected int First { get; private set; }

    /// <summary>Place of the beat that is pushed.</summary>
    private protected int Free
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (First + Count) & mask;
    }

    private protected int Places => mask + 1;

    private protected bool Pushed { get; set; }

    private protected bool Popped { get; set; }

    private protected Waker WakeProducer { get; private set; }

    private protected Waker WakeConsumer { get; private set; }

    /// <summary>The producer asked to be woken by a pop only where it could not have pushed.</summary>
    private protected bool OnlyForSpace { get; private set; }

    /// <summary>The consumer asked to be woken by a push only where there was nothing to pop.</summary>
    private protected bool OnlyForHead { get; private set; }

    public void ConnectProducer(Component producer)
    {
        Producer = Producer is null ? producer : throw new ModelException(producer, -1, this, $"already produced by {Producer.Name}");
        producer.AddProduced(this);
    }

    public void ConnectConsumer(Component consumer)
    {
        Consumer = Consumer is null ? consumer : throw new ModelException(consumer, -1, this, $"already consumed by {Consumer.Name}");
        consumer.AddConsumed(this);
    }

    /// <summary>Adds an observer; several are called in the order of attachment.</summary>
    public void Attach(IChannelObserver observer) =>
        Observer = Observer is null ? observer : new ObserverPair(Observer, observer);

    /// <summary>
    /// End of an edge in which something was pushed or popped. Not virtual: it is most of what the kernel does, and which kind of channel
    /// comes next is not foreseen.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Commit(long time)
    {
        Observer?.OnCommit(this, time, Pushed, Popped);
        if (crosses)
        {
            CommitCrossing(time);
            return;
        }

        int left = Count;
        if (Popped)
        {
            // Full, or full by the push of this edge: then the producer may have been waiting.
            if (!OnlyForSpace || left + (Pushed ? 1 : 0) >= Depth)
            {
                WakeProducer.Wake();
            }

            First = (First + 1) & mask;
            left--;
            Popped = false;
        }

        if (Pushed)
        {
            if (!OnlyForHead || left == 0)
            {
                WakeConsumer.Wake();
            }

            left++;
            Pushed = false;
        }

        Count = left;
    }

    /// <summary>The part of a commit that is a crossing's own; of no other channel.</summary>
    private protected virtual void CommitCrossing(long time) => throw Violation(Producer, "is no crossing");

    /// <summary>Once the domains are built.</summary>
    internal void FindWakers()
    {
        WakeProducer = Producer?.Clock.WakerOf(Producer) ?? default;
        OnlyForSpace = Producer is { WaitsOnlyForSpace: true };
        OnlyForHead = Consumer is { WaitsOnlyForHead: true };
        WakeConsumer = Consumer?.Clock.WakerOf(Consumer) ?? default;
    }

    /// <summary>Clock domains meet only in a <see cref="CrossingChannel{T}"/>.</summary>
    internal virtual void CheckWiring()
    {
        if (Producer is not null && Consumer is not null && Producer.Clock != Consumer.Clock)
        {
            throw new ModelException(Consumer, -1, this, $"joins clocks {Producer.Clock.Name} and {Consumer.Clock.Name}: only a crossing may");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Touch()
    {
        if (!Pushed && !Popped)
        {
            Simulation.Touched(this);
        }
    }

    private protected ModelException Violation(Component? actor, string what) =>
        new(actor, actor?.Clock.Cycle ?? -1, this, what);

    private sealed class ObserverPair(IChannelObserver first, IChannelObserver second) : IChannelObserver
    {
        public void OnCommit(Channel channel, long time, bool pushed, bool popped)
        {
            first.OnCommit(channel, time, pushed, popped);
            second.OnCommit(channel, time, pushed, popped);
        }
    }
}
