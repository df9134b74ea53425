using BcnnSim.Kernel;

namespace BcnnSim.Tests.Contracts;

/// <summary>Hands on one beat per cycle, in the way one <see cref="ComponentFault"/> demands.</summary>
internal sealed class FaultyRelay : Component
{
    private readonly Channel<long> input;
    private readonly Channel<long> output;
    private readonly ComponentFault fault;
    private readonly long[] shared;
    private long ticks;
    private long taken;
    private long asked;

    public FaultyRelay(string name, ClockDomain clock, Channel<long> input, Channel<long> output, ComponentFault fault, long[] shared)
        : base(name, clock)
    {
        this.input = input;
        this.output = output;
        this.fault = fault;
        this.shared = shared;
        input.ConnectConsumer(this);
        output.ConnectProducer(this);
    }

    public override bool HoldsWork => fault == ComponentFault.NeverDone;

    public override bool Tick(long cycle)
    {
        ticks++;
        shared[0] += fault == ComponentFault.LooksAround ? cycle : 0;

        // A wake-up at an odd cycle is of no use to a relay that works at even ones: it would have to stay awake.
        bool works = fault != ComponentFault.SleepsBesideABeat || cycle % 2 == 0;
        if (works && input.CanPop && output.CanPush)
        {
            long beat = input.Pop();
            taken++;
            if (fault != ComponentFault.KeepsTheLastBeat || taken % 50 != 0)
            {
                output.Push(beat + Error());
            }
        }

        return fault != ComponentFault.SleepsBesideABeat && input.HasBeatNext && output.HasSpaceNext;
    }

    public override Activity Classify(long cycle)
    {
        asked++;
        return input.Count == 0 || fault == ComponentFault.WrongReason ? Activity.Starved(0) : Activity.Busy;
    }

    private long Error() => fault switch
    {
        ComponentFault.CountsItsTicks => ticks,
        ComponentFault.LooksAround => shared[0],
        ComponentFault.ReasonHasAnEffect => asked,
        _ => 0,
    };
}
