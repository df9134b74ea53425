using BcnnSim.Kernel;

namespace BcnnSim.Bench.Kernel;

/// <summary>Pushes a given number of beats, one per cycle or one every <paramref name="gap"/> cycles.</summary>
internal sealed class RelaySource : Component
{
    private readonly Channel<long> output;
    private readonly long gap;
    private long left;

    public RelaySource(string name, ClockDomain clock, Channel<long> output, long beats, long gap)
        : base(name, clock)
    {
        this.output = output;
        this.gap = gap;
        left = beats;
        output.ConnectProducer(this);
    }

    public override bool HoldsWork => left > 0;

    public override bool Tick(long cycle)
    {
        if (left > 0 && cycle % gap == 0 && output.CanPush)
        {
            output.Push(cycle);
            left--;
        }

        if (left > 0 && gap > 1)
        {
            WakeAt((cycle / gap * gap) + gap);
            return false;
        }

        return left > 0 && output.HasSpaceNext;
    }
}
