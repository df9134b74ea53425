using System.Numerics;
using System.Text.Json;
using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Files of one run.</summary>
public sealed class RunFolder(string path)
{
    private const string Remedy = "Restore the file, or run bcnntrain train again into another folder";

    public string Root { get; } = path;

    public string Log => File("log.csv");

    public string Curves => File("curves.svg");

    public string PhaseTable => File("phases.csv");

    public string TestUses => File("test-uses.csv");

    public string File(string name) => Path.Combine(Root, name);

    private string Kept => File("kept.json");

    /// <summary>Kept output channels per layer, written at the hard prune.</summary>
    public void WriteKept(IReadOnlyList<int[]> kept) => RunFile.Write(Kept, stream => JsonSerializer.Serialize(stream, kept));

    /// <summary>The same, refused unless it prunes <paramref name="dense"/>: per layer rising channels that the layer has.</summary>
    public IReadOnlyList<int[]> ReadKept(NetShape dense)
    {
        if (!System.IO.File.Exists(Kept))
        {
            throw new InputException(Kept, "file", "missing", "the run must have been pruned", "Run bcnntrain train first");
        }

        var violations = new ViolationList(Kept);
        byte[]? bytes = InputFile.ReadAll(Kept, 1 << 20, violations);
        ViolationList.ThrowIfAny(violations);
        int[]?[] kept = Lists(bytes, violations);
        ViolationList.ThrowIfAny(violations);
        if (kept.Length != dense.Layers.Count)
        {
            violations.Add("root", $"{kept.Length} lists", $"must hold one list for each of the {dense.Layers.Count} layers", Remedy);
        }

        for (int i = 0; i < Math.Min(kept.Length, dense.Layers.Count); i++)
        {
            int channels = dense.Layers[i].OutputChannels;
            if (kept[i] is not { } list || list.Length < Vector<float>.Count || list[0] < 0 || list[^1] >= channels || !list.Zip(list.Skip(1)).All(pair => pair.First < pair.Second))
            {
                violations.Add($"[{i}]", JsonSerializer.Serialize(kept[i]), $"must be at least {Vector<float>.Count} rising channels in 0..{channels - 1}", Remedy);
            }
        }

        ViolationList.ThrowIfAny(violations);
        return kept!;
    }

    private static int[]?[] Lists(byte[]? bytes, ViolationList violations)
    {
        try
        {
            return JsonSerializer.Deserialize<int[]?[]>(bytes) ?? [];
        }
        catch (JsonException e)
        {
            violations.Add(e.Path ?? "root", $"line {e.LineNumber + 1}", "must be lists of whole numbers, one per layer", Remedy);
            return [];
        }
    }
}
