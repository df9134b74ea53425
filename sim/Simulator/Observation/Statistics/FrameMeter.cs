using BcnnSim.Hardware;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Observation.Statistics;

/// <summary>When each frame's first read address was pushed and when the write response of its class was popped, array cycles.</summary>
public sealed class FrameMeter : IChannelObserver
{
    private readonly Accelerator machine;
    private readonly List<long> starts = [];
    private readonly List<long> ends = [];

    public FrameMeter(Accelerator machine)
    {
        this.machine = machine;
        machine.FramePort.ReadAddress.Attach(this);
        machine.Units.Stored.Attach(this);
    }

    public IReadOnlyList<long> Starts => starts;

    /// <summary>The result writer reports a frame in the cycle in which it pops the last write response.</summary>
    public IReadOnlyList<long> Ends => ends;

    public void OnCommit(Channel channel, long time, bool pushed, bool popped)
    {
        if (!pushed)
        {
            return;
        }

        if (channel == machine.Units.Stored)
        {
            ends.Add(machine.ArrayClock.Cycle);
            return;
        }

        ReadAddressBeat beat = machine.FramePort.ReadAddress.Pushing;
        MemoryRegion frames = machine.Program.Memory.Frames;
        if (frames.Begins(beat.Address))
        {
            starts.Add(machine.ArrayClock.Cycle);
        }
    }
}
