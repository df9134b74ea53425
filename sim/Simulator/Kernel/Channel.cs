using System.Runtime.CompilerServices;

namespace BcnnSim.Kernel;

/// <summary>
/// State every channel has apart from its beats: a FIFO with a registered count (contract 2 of <see cref="Component"/>).
/// </summary>
public abstract class Channel
{
    private protected Channel(Simulation simulation, string name, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        Simulation = simulation;
        Name = name;
        Depth = depth;
        simulation.Register(this);
    }

    public Simulation Simulation { get; }

    public string Name { get; }

    /// <summary>Beats it can hold; 1 gives half rate, 2 full rate.</summary>
    public int Depth { get; }

    public Component? Producer { get; private set; }

    public Component? Consumer { get; private set; }

    /// <summary>Beats inside, as committed; for a crossing, every beat pushed and not popped.</summary>
    public int Count { get; private protected set; }

    internal IChannelObserver? Observer { get; private set; }

    private protected bool Pushed { get; set; }

    private protected bool Popped { get; set; }

    private protected Waker WakeProducer { get; private set; }

    private protected Waker WakeConsumer { get; private set; }

    /// <summary>The producer asked to be woken by a pop only where it could not have pushed.</summary>
    private protected bool OnlyForSpace { get; private set; }

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

    internal abstract void Commit(long time);

    /// <summary>Once the domains are built.</summary>
    internal void FindWakers()
    {
        WakeProducer = Producer?.Clock.WakerOf(Producer) ?? default;
        OnlyForSpace = Producer is { WaitsOnlyForSpace: true };
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
