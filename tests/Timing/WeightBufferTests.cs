using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Buffers;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

public sealed class WeightBufferTests
{
    /// <summary>A layer is started and its first words fill the weight channel, nobody takes them: the beats still to come are loaded all the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Loading_goes_on_while_the_array_holds_the_stream_back(int depth)
    {
        Network network = TinyNetwork.Create();
        AcceleratorProgram program = LayerMapper.Map(network, Designs.Reference());
        Simulation simulation = new(new TimeBase(300_000, 450_000));
        ClockDomain clock = simulation.AddClock("array", 300_000);
        int beats = (int)(program.Memory.Weights.ItemBytes / MemoryPlan.BeatBytes);
        Channel<Beat256> data = new(simulation, "data", depth);
        Channel<LayerCommand> commands = new(simulation, "commands", 1);
        Channel<WeightBeat> weight = new(simulation, "weight", 2);
        Channel<Completion> loaded = new(simulation, "loaded", 1);
        _ = new ListSource<LayerCommand>("sequencer", clock, commands, [new LayerCommand(program.Layers[0], 0, 0)]);
        _ = new ListSource<Beat256>("dma", clock, data, Enumerable.Repeat(default(Beat256), beats));
        const long Held = 1000;
        ListSink<WeightBeat> array = new("array", clock, weight, cycle => cycle >= Held);
        ListSink<Completion> done = new("done", clock, loaded);
        _ = new WeightBuffer("weights", clock, program, data, commands, weight, loaded);
        simulation.Run();
        Assert.Equal(program.Layers[0].ArrayCycles, array.Taken.Count);
        Assert.InRange(done.Taken.Single().Cycle, beats, (2 * beats) + 8);
        Assert.True(done.Taken.Single().Cycle < Held);
    }
}
