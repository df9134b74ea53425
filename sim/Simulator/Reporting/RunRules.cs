using System.Globalization;
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
}
