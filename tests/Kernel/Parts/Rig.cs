using BcnnSim.Kernel;

namespace BcnnSim.Tests.Kernel.Parts;

/// <summary>A simulation with one clock whose cycle is one tick of the time base, so that times and cycles are equal.</summary>
internal sealed class Rig
{
    public Rig(SimulationOptions? options = null)
    {
        Simulation = new Simulation(new TimeBase(1), options);
        Clock = Simulation.AddClock("clock", 1);
    }

    public Simulation Simulation { get; }

    public ClockDomain Clock { get; }

    public ScriptComponent Component(string name) => new(name, Clock);

    public Channel<int> Channel(string name, int depth) => new(Simulation, name, depth);

    /// <summary>A channel between two new components.</summary>
    public (ScriptComponent Producer, Channel<int> Channel, ScriptComponent Consumer) Pair(int depth)
    {
        ScriptComponent producer = Component("producer");
        ScriptComponent consumer = Component("consumer");
        Channel<int> channel = Channel("link", depth);
        channel.ConnectProducer(producer);
        channel.ConnectConsumer(consumer);
        return (producer, channel, consumer);
    }
}
