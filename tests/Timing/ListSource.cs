using BcnnSim.Kernel;

namespace BcnnSim.Tests.Timing;

/// <summary>Pushes given beats as fast as the channel takes them.</summary>
internal sealed class ListSource<T> : Component
    where T : struct
{
    private readonly Channel<T> output;
    private readonly Queue<T> beats;

    public ListSource(string name, ClockDomain clock, Channel<T> output, IEnumerable<T> beats)
        : base(name, clock)
    {
        this.output = output;
        this.beats = new Queue<T>(beats);
        output.ConnectProducer(this);
    }

    public override bool HoldsWork => beats.Count > 0;

    public override bool Tick(long cycle)
    {
        if (beats.Count > 0 && output.CanPush)
        {
            output.Push(beats.Dequeue());
        }

        return beats.Count > 0 && output.HasSpaceNext;
    }
}
