using BcnnSim.Kernel;

namespace BcnnSim.Bench.Kernel;

/// <summary>Hands on one beat per cycle.</summary>
internal sealed class Relay : Component
{
    private readonly Channel<long> input;
    private readonly Channel<long> output;

    public Relay(string name, ClockDomain clock, Channel<long> input, Channel<long> output)
        : base(name, clock)
    {
        this.input = input;
        this.output = output;
        input.ConnectConsumer(this);
        output.ConnectProducer(this);
    }

    public override bool HoldsWork => false;

    public override bool Tick(long cycle)
    {
        if (input.CanPop && output.CanPush)
        {
            output.Push(input.Pop());
        }

        return input.HasBeatNext && output.HasSpaceNext;
    }
}
