using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;

namespace BcnnSim.Hardware;

/// <summary>All copies of the accelerator in one simulation; frame i goes to replica i modulo their number, whichever is idle.</summary>
public sealed class ReplicaSet
{
    private readonly Accelerator[] replicas;
    private readonly MemorySystem memory;

    public ReplicaSet(AcceleratorProgram program, int frames, SimulationOptions? options = null)
    {
        int count = program.Design.Execution.Replicas;
        ReplicaSite site = ReplicaSite.Create(program.Design, options);
        replicas = new Accelerator[count];
        for (int r = 0; r < count; r++)
        {
            string prefix = count == 1 ? "" : $"r{r}.";
            replicas[r] = new Accelerator(ReplicaPlan.Of(program, r), FramesOf(r, frames), site with { Prefix = prefix });
        }

        site.Memory.Build();
        memory = site.Memory;
        Simulation = site.Simulation;
    }

    public IReadOnlyList<Accelerator> Replicas => replicas;

    public Simulation Simulation { get; }

    /// <summary>Switch, controllers and DRAM of all replicas.</summary>
    public HbmMemory Memory => memory.Memory;

    /// <summary>Name of a pseudo-channel in reports.</summary>
    public string NameOf(int pseudoChannel) => memory.NameOf(pseudoChannel);

    /// <summary>Frames of the first <paramref name="frames"/> that a replica gets.</summary>
    public int FramesOf(int replica, int frames) => (frames - replica + replicas.Length - 1) / replicas.Length;

    /// <summary>Puts a frame where its replica's program expects it.</summary>
    public void LoadFrame(int index, Frame frame) => replicas[index % replicas.Length].LoadFrame(index / replicas.Length, frame);

    /// <summary>Class and scores of a frame.</summary>
    public (int Class, long[] Scores) Result(int index) => replicas[index % replicas.Length].Result(index / replicas.Length);
}
