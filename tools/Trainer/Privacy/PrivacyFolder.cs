using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>Files of one study: dense/SEED, rows/LABEL-SEED with a row.json where it is finished. A row without it is begun again.</summary>
internal sealed class PrivacyFolder(string root)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for people, not for a page
    };

    public string File(string name) => Path.Combine(root, name);

    /// <param name="seed">Of the row.</param>
    /// <param name="model">Of an attacker; left out = the dense network that the seed's rows begin with.</param>
    public string Dense(ulong seed, string model = "") => Directory.CreateDirectory(Path.Combine(root, "dense", FormattableString.Invariant($"s{seed}{model}"))).FullName;

    /// <summary>Whether the dense network of a seed has been begun at least.</summary>
    public bool HasDense(ulong seed) => System.IO.File.Exists(Path.Combine(root, "dense", FormattableString.Invariant($"s{seed}"), "dense.ckpt"));

    /// <summary>Where answers of an attacker's models of one row lie until the row is finished.</summary>
    public string References(string label, ulong seed) => Directory.CreateDirectory(Path.Combine(root, "references", FormattableString.Invariant($"{label}-s{seed}"))).FullName;

    public string Begin(string label, ulong seed) => Row(label, seed).Begin();

    public void Finish(PrivacyRow row)
    {
        Row(row.Label, row.Seed).Finish(row);
        Directory.Delete(References(row.Label, row.Seed), recursive: true);
    }

    /// <summary>A finished row, or null; one that another configuration made is refused.</summary>
    public PrivacyRow? Finished(string label, ulong seed, string fingerprint) =>
        Row(label, seed).Finished(row => (row.Label, row.Seed) == (label, seed), row => row.Fingerprint, fingerprint);

    private RowFile<PrivacyRow> Row(string label, ulong seed) => new(Path.Combine(root, "rows", FormattableString.Invariant($"{label}-s{seed}")), Options);
}
