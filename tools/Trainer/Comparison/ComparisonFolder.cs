using System.Text.Json;
using System.Text.Json.Serialization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>
/// Files of one comparison: dense/SEED, rows/KEY, one row.json for every finished row. A row without it is begun again, so a
/// comparison goes on where it was cut, row by row, and several processes can share a folder.
/// </summary>
internal sealed class ComparisonFolder(string root)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        WriteIndented = true,
    };

    public string Root { get; } = root;

    public string File(string name) => Path.Combine(Root, name);

    /// <param name="owner">Contender with a network of its own; null = the network of all others.</param>
    /// <param name="seed">Of the network.</param>
    public string Dense(string? owner, ulong seed) => Made(DensePath(owner, seed));

    /// <summary>Whether a dense network has been begun at least.</summary>
    public bool HasDense(string? owner, ulong seed) => System.IO.File.Exists(Path.Combine(DensePath(owner, seed), "dense.ckpt"));

    /// <summary>Held while a dense network is made: who comes second finds it made.</summary>
    public FileStream HoldDense(string? owner, ulong seed, CancellationToken stop) => Hold(Path.Combine(Dense(owner, seed), "made.lock"), stop);

    /// <summary>Held while tables and pictures are written: processes that share the folder write the same files.</summary>
    public FileStream HoldTables(CancellationToken stop) => Hold(Path.Combine(Made(Root), "tables.lock"), stop);

    private static FileStream Hold(string path, CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (System.IO.File.Exists(path))
            {
                stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    public string Row(ComparisonKey key) => Path.Combine(Root, "rows", key.Name);

    /// <summary>What its pruning method did by epoch; null where it was not brought along with the row, or there was no method.</summary>
    public IReadOnlyList<PruningIteration>? Iterations(ComparisonKey key) => System.IO.File.Exists(IterationFile(key)) ? new IterationLog(IterationFile(key)).Rows : null;

    /// <summary>Iteration log of a row.</summary>
    public string IterationFile(ComparisonKey key) => Path.Combine(Row(key), "iterations.csv");

    /// <summary>Empties the folder of a row that was cut off.</summary>
    public string Begin(ComparisonKey key)
    {
        string folder = Row(key);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Made(folder);
    }

    public void Finish(ComparisonRow row)
    {
        OutputFile.Write(RowFile(row.Key), stream => JsonSerializer.Serialize(stream, row, Options));
        foreach (string checkpoint in Directory.EnumerateFiles(Row(row.Key), "*.ckpt"))
        {
            System.IO.File.Delete(checkpoint); // a comparison leaves hundreds of rows; its networks are made again by the same command
        }
    }

    /// <summary>A finished row, or null. One that another configuration made is refused: it would stand in the wrong table.</summary>
    public ComparisonRow? Finished(ComparisonKey key, string fingerprint)
    {
        string path = RowFile(key);
        if (!System.IO.File.Exists(path))
        {
            return null;
        }

        ComparisonRow row = Read(path);
        return row.Key == key && row.Fingerprint == fingerprint
            ? row
            : throw new InputException(path, "fingerprint", row.Fingerprint, $"must be {fingerprint}, of this comparison's row {key.Name}", "Give another folder, restore the configuration, or delete the folder of the row");
    }

    private static ComparisonRow Read(string path)
    {
        try
        {
            using FileStream stream = System.IO.File.OpenRead(path);
            return JsonSerializer.Deserialize<ComparisonRow>(stream, Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InputException(path, e.Path ?? "root", $"line {e.LineNumber + 1}", "must be a finished row as compare writes it", "Delete the file: the row is run again");
        }
    }

    private string DensePath(string? owner, ulong seed) => Path.Combine(Root, "dense", FormattableString.Invariant($"{owner}{(owner is null ? string.Empty : "-")}s{seed}"));

    private static string Made(string folder) => Directory.CreateDirectory(folder).FullName;

    private string RowFile(ComparisonKey key) => Path.Combine(Row(key), "row.json");
}
