using BcnnSim.Kernel;

namespace BcnnSim.Bench.Kernel;

/// <summary>Takes one beat per cycle and adds it up.</summary>
internal sealed class RelaySink : Component
{
    private readonly Channel<long> input;

    public RelaySink(string name, ClockDomain clock, Channel<long> input)
        : base(name, clock)
    {
        this.input = input;
        input.ConnectConsumer(this);
    }

    public override bool HoldsWork => false;

    public long Taken { get; private set; }

    public long Sum { get; private set; }

    public override bool Tick(long cycle)
    {
        if (input.CanPop)
        {
            Sum += input.Pop();
            Taken++;
        }

        return input.HasBeatNext;
    }
}
