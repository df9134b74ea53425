using System.Text.Json;
using BcnnSim.Design;
using BcnnSim.Hardware;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;

namespace BcnnSim.Tests.Contracts;

/// <summary>One network on one design with a number of frames.</summary>
internal sealed record MachineCase(string Name, Network Network, AcceleratorDesign Design, int Frames)
{
    /// <summary>A machine with its frames loaded, ready to run.</summary>
    public Accelerator Build(SimulationOptions? options = null)
    {
        Accelerator machine = new(LayerMapper.Map(Network, Design), Frames, options);
        FrameSet frames = RandomNetworks.Frames(Network, Frames, seed: 1);
        for (int i = 0; i < Frames; i++)
        {
            machine.LoadFrame(i, frames.Frames[i]);
        }

        return machine;
    }

    /// <summary>The machine, all its replicas, as a subject of the contract check, with observers of the caller attached.</summary>
    public ContractSubject Subject(SimulationOptions options, Action<ReplicaSet>? attach = null)
    {
        ReplicaSet machine = new(LayerMapper.Map(Network, Design), Frames, options);
        FrameSet frames = RandomNetworks.Frames(Network, Frames, seed: 1);
        for (int i = 0; i < Frames; i++)
        {
            machine.LoadFrame(i, frames.Frames[i]);
        }

        attach?.Invoke(machine);
        return new ContractSubject(machine.Simulation, () => Results(machine));
    }

    /// <summary>Classes and scores as they lie in memory, and the statistics of every pseudo-channel.</summary>
    private string Results(ReplicaSet machine)
    {
        IEnumerable<string> frames = Enumerable.Range(0, Frames).Select(machine.Result).Select(r => $"{r.Class}: {string.Join(' ', r.Scores)}");
        return string.Join('\n', frames.Concat(machine.Memory.PseudoChannels.Select(p => JsonSerializer.Serialize(machine.Memory.Statistics(p)))));
    }
}
