using System.Text.Json;
using System.Text.Json.Serialization;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Privacy;

/// <summary>Files of one study: dense/SEED, rows/LABEL-SEED with a row.json where it is finished. A row without it is begun again.</summary>
internal sealed class PrivacyFolder(string root)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    };

    public string File(string name) => Path.Combine(root, name);

    public string Dense(ulong seed) => Directory.CreateDirectory(Path.Combine(root, "dense", FormattableString.Invariant($"s{seed}"))).FullName;

    /// <summary>Empties the folder of a row that was cut off.</summary>
    public string Begin(string label, ulong seed)
    {
        string folder = Row(label, seed);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    public void Finish(PrivacyRow row)
    {
        OutputFile.Write(RowFile(row.Label, row.Seed), stream => JsonSerializer.Serialize(stream, row, Options));
        foreach (string checkpoint in Directory.EnumerateFiles(Row(row.Label, row.Seed), "*.ckpt"))
        {
            System.IO.File.Delete(checkpoint); // made again by the same command
        }
    }

    /// <summary>A finished row, or null. One that another configuration made is refused: it would stand in the wrong table.</summary>
    public PrivacyRow? Finished(string label, ulong seed, string fingerprint)
    {
        string path = RowFile(label, seed);
        if (!System.IO.File.Exists(path))
        {
            return null;
        }

        PrivacyRow row = Read(path);
        return row.Fingerprint == fingerprint
            ? row
            : throw new InputException(path, "fingerprint", row.Fingerprint, $"must be {fingerprint}, of this study's row", "Give another folder, restore the configuration, or delete the folder of the row");
    }

    private static PrivacyRow Read(string path)
    {
        try
        {
            using FileStream stream = System.IO.File.OpenRead(path);
            return JsonSerializer.Deserialize<PrivacyRow>(stream, Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InputException(path, e.Path ?? "root", $"line {e.LineNumber + 1}", "must be a finished row as privacy writes it", "Delete the file: the row is run again");
        }
    }

    private string Row(string label, ulong seed) => Path.Combine(root, "rows", FormattableString.Invariant($"{label}-s{seed}"));

    private string RowFile(string label, ulong seed) => Path.Combine(Row(label, seed), "row.json");
}
