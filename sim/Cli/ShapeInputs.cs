using BcnnSim.Networks;

namespace BcnnSim.Cli;

/// <summary>Reads shapes without weights: shape.json or a SCALE-Sim topology.</summary>
internal sealed class ShapeInputs(InputPlaces places, Refusals refusals)
{
    private const int DefaultInputBits = 8;

    /// <summary>The shapes that could be read, each with its file; the others are refused.</summary>
    /// <param name="files">As given with --shapes.</param>
    /// <param name="inputBits">As given with --input-bits.</param>
    public List<(Network Network, string File)> Read(IReadOnlyList<string> files, string? inputBits)
    {
        int bits = inputBits is null ? DefaultInputBits : refusals.Integer("--input-bits", inputBits, 1, 8) ?? DefaultInputBits;
        if (inputBits is not null && !files.Any(IsTopology))
        {
            refusals.Add("--input-bits", "option", inputBits, "only a topology (.csv) leaves the input bits open", "Remove it, or give a topology with --shapes");
        }

        List<(Network, string)> shapes = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string file in files)
        {
            if (!seen.Add(file))
            {
                refusals.Add("--shapes", "value", file, "the shape is named twice", "Name it once");
            }
            else if (Read(file, bits) is { } network)
            {
                shapes.Add((network, places.Display(places.Opened[^1])));
            }
        }

        return shapes;
    }

    private Network? Read(string file, int bits)
    {
        if (file.Length == 0 || file.StartsWith('-'))
        {
            refusals.Add("--shapes", "value", file, "a file name is needed", "Name a shape.json or a topology (.csv)");
            return null;
        }

        string path = places.Open(file);
        return refusals.Try(() => IsTopology(path) ? TopologyFile.Read(path, bits) : ShapeFile.Read(path));
    }

    private static bool IsTopology(string file) => file.EndsWith(TopologyFile.Extension, StringComparison.OrdinalIgnoreCase);
}
