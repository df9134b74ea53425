namespace BcnnSim.Trainer.Commands;

/// <summary>Tries a place results will go to before the work that makes them: nothing is found unwritable at the end.</summary>
internal static class OutputPlace
{
    /// <summary>
    /// Makes the folder and writes in it; a refusal names the flag. Returns the folders that were not there, the innermost first.
    /// The name of the probe is nobody else's: commands that share a folder try it at the same moment, and in containers or in one
    /// process they have the same process number.
    /// </summary>
    public static IReadOnlyList<string> CheckFolder(string flag, string folder)
    {
        try
        {
            string[] missing = [.. Missing(folder)];
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(Path.Combine(folder, $".probe-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return missing;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException("command line", flag, folder, $"must be a folder that can be written ({failure.Message.TrimEnd('.')})", "Check the path, its permissions and the free space");
        }
    }

    private static IEnumerable<string> Missing(string folder)
    {
        for (string? place = Path.GetFullPath(folder); place is not null && !Directory.Exists(place); place = Path.GetDirectoryName(place))
        {
            yield return place;
        }
    }

    /// <summary>The network's folder bears its name: others find a network by its folder.</summary>
    public static void CheckName(string flag, string folder, string name)
    {
        string last = folder.Length == 0 ? string.Empty : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (last != name)
        {
            throw new InputException("command line", flag, folder, $"its last part must be {name}, the name in the configuration", $"Give a folder such as {Path.Combine("models", "networks", name)}, or change name");
        }
    }

    /// <summary>A file that can be made: not a folder, in a folder that can be written.</summary>
    public static void CheckFile(string flag, string path)
    {
        if (path.Length == 0 || Directory.Exists(path))
        {
            throw new InputException("command line", flag, path, "must be a file, not a folder", "Add the name of the file");
        }

        CheckFolder(flag, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
