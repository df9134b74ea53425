using BcnnSim.Kernel;

namespace BcnnSim.Tests.Timing;

/// <summary>Takes beats whenever it may and keeps them with the cycle.</summary>
internal sealed class ListSink<T> : Component
    where T : struct
{
    private readonly Channel<T> input;
    private readonly Func<long, bool> mayTake;

    public ListSink(string name, ClockDomain clock, Channel<T> input, Func<long, bool>? mayTake = null)
        : base(name, clock)
    {
        this.input = input;
        this.mayTake = mayTake ?? (static _ => true);
        input.ConnectConsumer(this);
    }

    public List<(T Beat, long Cycle)> Taken { get; } = [];

    public override bool HoldsWork => false;

    public override bool Tick(long cycle)
    {
        if (input.CanPop && mayTake(cycle))
        {
            Taken.Add((input.Pop(), cycle));
        }

        return input.HasBeatNext;
    }
}
