using System.Globalization;
using BcnnSim.Mapping;
using BcnnSim.Networks;

namespace BcnnSim.Reporting;

/// <summary>What frames and options must satisfy before a run.</summary>
public static class RunRules
{
    public static void Check(Network network, FrameSet frames, RunOptions options)
    {
        List<Violation> found = [];
        FrameShape shape = new(network.Input);
        if (frames.Shape != shape)
        {
            found.Add(new Violation("frames", "shape", frames.Shape.ToString(), $"network {network.Name} takes {shape}", "Use frames packed for this network"));
        }

        if (options.Frames < 1 || options.Frames > frames.Frames.Count)
        {
            found.Add(new Violation("--count", "frames", options.Frames.ToString(CultureInfo.InvariantCulture), $"1..{frames.Frames.Count}, the frames in the file", "Choose a count in that range"));
        }

        if (found.Count > 0)
        {
            throw new InputException(found);
        }
    }

    /// <summary>All frames of a run lie in the memory at once, as do their results.</summary>
    public static void CheckMemory(AcceleratorProgram program, int frames)
    {
        long most = ReplicaPlan.FramesThatFit(program);
        if (frames > most)
        {
            throw new InputException("--count", "frames", frames.ToString(CultureInfo.InvariantCulture), $"at most {most} frames of {program.Network.Name} and their results fit into the pseudo-channels they are spread over", "Run fewer frames, or raise dma.frameSpread and dma.resultSpread");
        }
    }
}
