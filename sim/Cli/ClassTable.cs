using BcnnSim.Networks;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>What `run --classes` prints: class, scores and latency of every frame.</summary>
internal static class ClassTable
{
    public static void Write(Network network, IReadOnlyList<FrameResult> frames, TextWriter output)
    {
        TextTable table = new(">frame", "label", "class", ">latency cycles", "scores");
        foreach (FrameResult frame in frames)
        {
            table.Add(
                Figure.Count(frame.Index), Name(network, frame.Label), Name(network, frame.Class), Figure.Count(frame.LatencyCycles), string.Join(' ', frame.Scores));
        }

        table.WriteTo(output);
    }

    private static string Name(Network network, int label) => label < 0 ? "-" : label < network.Classes.Count ? $"{label} {network.Classes[label]}" : $"{label}";
}
