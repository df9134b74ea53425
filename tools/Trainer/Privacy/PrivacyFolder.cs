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

    /// <summary>Whether such a network has been begun at least.</summary>
    /// <param name="seed">Of the row.</param>
    /// <param name="model">As of <see cref="Dense"/>.</param>
    public bool HasDense(ulong seed, string model = "") => System.IO.File.Exists(Path.Combine(root, "dense", FormattableString.Invariant($"s{seed}{model}"), "dense.ckpt"));

    /// <summary>Where an attacker's models of one row lie until it is finished; those of another configuration are removed.</summary>
    public string References(string label, ulong seed, string fingerprint)
    {
        string place = Path.Combine(ReferencePath(label, seed), fingerprint);
        if (!Directory.Exists(place) && Directory.Exists(ReferencePath(label, seed)))
        {
            Directory.Delete(ReferencePath(label, seed), recursive: true);
        }

        return Directory.CreateDirectory(place).FullName;
    }

    /// <summary>How many of an attacker's models of an unfinished row have answered.</summary>
    public int Answered(string label, ulong seed, string fingerprint)
    {
        string place = Path.Combine(ReferencePath(label, seed), fingerprint);
        return Directory.Exists(place) ? Directory.GetFiles(place, "*.ckpt").Length : 0;
    }

    public string Begin(string label, ulong seed) => Row(label, seed).Begin();

    public void Finish(PrivacyRow row)
    {
        Row(row.Label, row.Seed).Finish(row);
        if (Directory.Exists(ReferencePath(row.Label, row.Seed)))
        {
            Directory.Delete(ReferencePath(row.Label, row.Seed), recursive: true);
        }
    }

    /// <summary>A finished row, or null; one that another configuration made is refused.</summary>
    public PrivacyRow? Finished(string label, ulong seed, string fingerprint) =>
        Row(label, seed).Finished(row => (row.Label, row.Seed) == (label, seed), row => row.Fingerprint, fingerprint);

    private string ReferencePath(string label, ulong seed) => Path.Combine(root, "references", FormattableString.Invariant($"{label}-s{seed}"));

    private RowFile<PrivacyRow> Row(string label, ulong seed) => new(Path.Combine(root, "rows", FormattableString.Invariant($"{label}-s{seed}")), Options);
}
