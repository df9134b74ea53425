using System.Globalization;
using BcnnSim.Networks;

namespace BcnnSim.Cli;

/// <summary>What a file of frames must satisfy for a network.</summary>
internal static class FrameRules
{
    public static void Check(FrameReader frames, string file, Network network, int? count, Refusals refusals)
    {
        FrameShape shape = new(network.Input);
        if (frames.Shape != shape)
        {
            refusals.Add(file, "shape", frames.Shape.ToString(), $"network {network.Name} takes {shape}", "Give frames that were packed for this network");
        }

        if (count > frames.Count)
        {
            refusals.Add("--count", "value", Text(count.Value), $"{file} holds {Text(frames.Count)} frames", $"Give 1..{Text(frames.Count)}");
        }

        int classes = network.Classifier?.ClassCount ?? int.MaxValue;
        for (int i = 0; i < frames.Count; i++)
        {
            if (frames.Label(i) >= classes)
            {
                refusals.Add(file, $"label of frame {Text(i)}", Text(frames.Label(i)), $"network {network.Name} has the classes 0..{Text(classes - 1)}", "Give frames that were labelled for this network");
                return;
            }
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
