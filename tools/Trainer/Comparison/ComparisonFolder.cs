using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
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
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for people, not for a page
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

    /// <summary>Held while a row is made; null while another process makes it.</summary>
    public FileStream? TryHoldRow(ComparisonKey key) => TryHold(Path.Combine(Made(File("locks")), $"{key.Name}.lock"));

    private static FileStream Hold(string path, CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (TryHold(path) is { } held)
            {
                return held;
            }

            stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
        }
    }

    private static FileStream? TryHold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (System.IO.File.Exists(path))
        {
            return null;
        }
    }

    public string Row(ComparisonKey key) => Path.Combine(Root, "rows", key.Name);

    /// <summary>What its pruning method did by epoch; null where it was not brought along with the row, or there was no method.</summary>
    public IReadOnlyList<PruningIteration>? Iterations(ComparisonKey key) => System.IO.File.Exists(IterationFile(key)) ? new IterationLog(IterationFile(key)).Rows : null;

    /// <summary>Iteration log of a row.</summary>
    public string IterationFile(ComparisonKey key) => Path.Combine(Row(key), "iterations.csv");

    public string Begin(ComparisonKey key) => RowOf(key).Begin();

    public void Finish(ComparisonRow row) => RowOf(row.Key).Finish(row);

    /// <summary>A finished row, or null; one that another configuration made is refused.</summary>
    public ComparisonRow? Finished(ComparisonKey key, string fingerprint) => RowOf(key).Finished(row => row.Key == key, row => row.Fingerprint, fingerprint);

    private RowFile<ComparisonRow> RowOf(ComparisonKey key) => new(Row(key), Options);

    private string DensePath(string? owner, ulong seed) => Path.Combine(Root, "dense", FormattableString.Invariant($"{owner}{(owner is null ? string.Empty : "-")}s{seed}"));

    private static string Made(string folder) => Directory.CreateDirectory(folder).FullName;
}
