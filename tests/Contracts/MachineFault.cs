using BcnnSim.Hardware;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Observation.Statistics;
using BcnnSim.Tests.Harness;

namespace BcnnSim.Tests.Contracts;

/// <summary>
/// A machine that computes another network, or sees other frames, than the checker believes: what a fault in packer, dot product,
/// norm, classifier or loader would do to the bits. The judge is the checker of every run, unchanged.
/// </summary>
/// <param name="Name">The fault.</param>
/// <param name="Network">Network whose parameters the machine is given.</param>
/// <param name="Frame">Frame the machine is given instead of the one it is asked for.</param>
internal sealed record MachineFault(string Name, Func<Network, Network> Network, Func<Frame, Frame> Frame)
{
    private const int Frames = 6;

    /// <summary>Differences that the result checker counts.</summary>
    public long Mismatches()
    {
        Network right = TinyNetwork.Create();
        AcceleratorProgram program = LayerMapper.Map(right, Designs.Reference());
        Accelerator machine = new(program, Frames);
        Plant(machine, program with { Network = Network(right) });
        IReadOnlyList<Frame> frames = RandomNetworks.Frames(right, Frames, seed: 3).Frames;
        for (int i = 0; i < Frames; i++)
        {
            machine.LoadFrame(i, Frame(frames[i]));
        }

        ResultChecker checker = new(machine, frames);
        machine.Simulation.Run();
        checker.Finish(Frames);
        return checker.Mismatches;
    }

    private static void Plant(Accelerator machine, AcceleratorProgram wrong)
    {
        MemoryPlan memory = wrong.Memory;
        machine.Image.Write(memory.Weights.Address, ParameterImage.Weights(wrong));
        machine.Image.Write(memory.NormConstants.Address, ParameterImage.NormConstants(wrong));
        machine.Image.Write(memory.ClassifierConstants.Address, ParameterImage.ClassifierConstants(wrong));
    }
}
