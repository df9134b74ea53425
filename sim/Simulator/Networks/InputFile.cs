using System.Globalization;

namespace BcnnSim.Networks;

/// <summary>Opens untrusted files: what is missing, unreadable, too large, no regular file or a link out of its folder is refused, never an IO exception.</summary>
internal static class InputFile
{
    /// <summary>Whole file, or null with the reason in <paramref name="violations"/>. Reads exactly the length the file system states.</summary>
    public static byte[]? ReadAll(string path, long maximumBytes, ViolationList violations)
    {
        using FileStream? stream = Open(path, maximumBytes, violations);
        if (stream is null)
        {
            return null;
        }

        try
        {
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException failure)
        {
            violations.Add("file", failure.Message, "the file must be readable to its end", "Check the disk and make the file again");
            return null;
        }
    }

    /// <summary>Open stream of a regular file of at most <paramref name="maximumBytes"/>, or null with the reason.</summary>
    public static FileStream? Open(string path, long maximumBytes, ViolationList violations)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                violations.Add("file", path, "the file must exist", "Check the path, or make the file with the command that exports it");
                return null;
            }

            if (LeavesFolder(file))
            {
                violations.Add("file", file.LinkTarget ?? path, "a link must not leave the folder of the file", "Copy the file instead of linking to it");
                return null;
            }

            if (SpecialFile.KindOf(file) is { } kind)
            {
                violations.Add("file", kind, "must be a regular file", "Write what it delivers to a file and name that");
                return null;
            }

            FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            if (stream.Length <= maximumBytes)
            {
                return stream;
            }

            violations.Add("file", Bytes(stream.Length), $"the file must not be larger than {Bytes(maximumBytes)}", "Split it or make it again");
            stream.Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            violations.Add("file", failure.Message, "the file must be readable", "Check the path and its permissions");
        }

        return null;
    }

    public static string Bytes(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} bytes");

    private static bool LeavesFolder(FileInfo file)
    {
        FileSystemInfo? target = file.ResolveLinkTarget(returnFinalTarget: true);
        return target is not null && Path.GetDirectoryName(target.FullName) != file.DirectoryName;
    }
}
