using System.Text.Json;
using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// kept.json, the choice of the hard prune: for filters and channels the output channels that stay, one list per layer; for every
/// other structure the groups that stay, one list per set.
/// </summary>
public sealed class KeptFile(string path)
{
    private const string Remedy = "Restore the file, or run bcnntrain train again into another folder";
    private const int Text = 1 << 20;

    // Digits of one index and its comma.
    private const int BytesPerIndex = 12;

    public void Write(IReadOnlyList<int[]> kept) => RunFile.Write(path, stream => JsonSerializer.Serialize(stream, kept));

    /// <summary>Channels of every layer, at least <paramref name="least"/>, refused unless they prune <paramref name="dense"/>.</summary>
    public IReadOnlyList<int[]> Channels(NetShape dense, int least) =>
        Read([.. dense.Layers.Select(layer => layer.OutputChannels)], least, "layers", "channels");

    /// <summary>Groups of every set, refused unless the sets have them.</summary>
    public IReadOnlyList<int[]> Groups(IReadOnlyList<GroupSet> sets) => Read([.. sets.Select(set => set.Count)], 1, "sets of groups", "groups");

    private int[][] Read(int[] sizes, int least, string lists, string items)
    {
        if (!File.Exists(path))
        {
            throw new InputException(path, "file", "missing", "the run must have been pruned", "Run bcnntrain train, or go on with train --resume");
        }

        var violations = new ViolationList(path);
        byte[]? bytes = InputFile.ReadAll(path, (int)Math.Min(int.MaxValue, Text + (BytesPerIndex * sizes.Sum(size => (long)size))), violations);
        ViolationList.ThrowIfAny(violations);
        int[]?[] kept = Lists(bytes, violations);
        ViolationList.ThrowIfAny(violations);
        if (kept.Length != sizes.Length)
        {
            violations.Add("root", $"{kept.Length} lists", $"must hold one list for each of the {sizes.Length} {lists}", Remedy);
        }

        for (int i = 0; i < Math.Min(kept.Length, sizes.Length); i++)
        {
            if (kept[i] is not { } list || list.Length < least || list[0] < 0 || list[^1] >= sizes[i] || !list.Zip(list.Skip(1)).All(pair => pair.First < pair.Second))
            {
                violations.Add($"[{i}]", Shown(kept[i]), $"must be at least {least} rising {items} in 0..{sizes[i] - 1}", Remedy);
            }
        }

        ViolationList.ThrowIfAny(violations);
        return kept!;
    }

    private static string Shown(int[]? list) => JsonSerializer.Serialize(list) is { Length: > 200 } text ? text[..200] + "..." : JsonSerializer.Serialize(list);

    private static int[]?[] Lists(byte[]? bytes, ViolationList violations)
    {
        try
        {
            return JsonSerializer.Deserialize<int[]?[]>(bytes) ?? [];
        }
        catch (JsonException e)
        {
            violations.Add(e.Path ?? "root", $"line {e.LineNumber + 1}", "must be lists of whole numbers", Remedy);
            return [];
        }
    }
}
