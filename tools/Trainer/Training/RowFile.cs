using System.Text.Json;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Training;

/// <summary>One row of a table that is made row by row: a folder to work in, and a row.json once it is finished. A row without it is begun again.</summary>
/// <param name="folder">Of the row.</param>
/// <param name="options">How the row is written.</param>
internal sealed class RowFile<T>(string folder, JsonSerializerOptions options)
    where T : class
{
    private readonly string path = Path.Combine(folder, "row.json");

    /// <summary>Empties the folder of a row that was cut off.</summary>
    public string Begin()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    public void Finish(T row)
    {
        OutputFile.Write(path, stream => JsonSerializer.Serialize(stream, row, options));
        foreach (string checkpoint in Directory.EnumerateFiles(folder, "*.ckpt"))
        {
            File.Delete(checkpoint); // a table leaves hundreds of rows; its networks are made again by the same command
        }
    }

    /// <summary>A finished row, or null. One that another configuration made is refused: it would stand in the wrong table.</summary>
    /// <param name="own">Whether it is the row that is asked for.</param>
    /// <param name="fingerprint">Of a row.</param>
    /// <param name="expected">Hash of everything that decides it.</param>
    public T? Finished(Func<T, bool> own, Func<T, string> fingerprint, string expected)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        T row = Read();
        return own(row) && fingerprint(row) == expected
            ? row
            : throw new InputException(path, "fingerprint", fingerprint(row), $"must be {expected}, of row {Path.GetFileName(folder)}", "Give another folder, restore the configuration, or delete the folder of the row");
    }

    private T Read()
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(stream, options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InputException(path, e.Path ?? "root", $"line {e.LineNumber + 1}", "must be a finished row as its command writes it", "Delete the file: the row is run again");
        }
    }
}
