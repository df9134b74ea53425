using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Exploration;
using BcnnSim.Hardware;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Bench.Machine;

/// <summary>Array cycles per CPU second of the whole machine on the reference design, values and HBM included.</summary>
internal static class MachineBenchmark
{
    private const int Frames = 24;
    private const double Bar = 2e6;

    public static void Run()
    {
        AcceleratorDesign design = DesignFile.Read(Repository.Path("models", "designs", "u280-reference.json"));
        Network network = RandomWeights.Network(FilterPrunedShape.Of(ReferenceShapes.CcNin(), 20, design.PeArray.OutputLanes), seed: 1);
        FrameSet frames = RandomWeights.Frames(network, Frames, seed: 2);
        AcceleratorProgram program = LayerMapper.Map(network, design);
        long cycles = Simulate(program, frames, metered: false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{network.Name}, random weights, {design.Name}: {Frames} frames, {cycles} array cycles"));
        Measurement.Of(() => Simulate(program, frames, metered: false)).PrintRate("values and timing", cycles, "array cycles", Bar);
        Measurement.Of(() => Simulate(program, frames, metered: true)).PrintRate("with cycle accounting", cycles, "array cycles");
    }

    private static long Simulate(AcceleratorProgram program, FrameSet frames, bool metered)
    {
        Accelerator machine = new(program, Frames);
        for (int i = 0; i < Frames; i++)
        {
            machine.LoadFrame(i, frames.Frames[i]);
        }

        if (metered)
        {
            ActivityMeter activity = new(machine.Simulation);
            _ = new LayerMeter(machine, activity);
            _ = new FrameMeter(machine);
        }

        machine.Simulation.Run();
        return machine.ArrayClock.Cycle + 1;
    }
}
