namespace BcnnSim.Networks;

/// <summary>
/// Writes a file under a temporary name and renames it, so that a reader never sees half a file. When it cannot be written, what
/// stood there before stays and the temporary file goes: on a full disk it would hold the last free bytes.
/// </summary>
internal static class OutputFile
{
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = path + ".tmp";
        bool opened = false; // another process's temporary file is not ours to remove
        try
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }

            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                opened = true;
                write(stream);
                stream.Flush(flushToDisk: true); // a file system that allocates late must refuse here, not behind the rename
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" })
        {
            // The last one is how the runtime reports EFBIG: a limit on the size of a file, of the user or of the file system.
            Remove(opened, temporary);
            throw new InputException(path, "file", failure.Message, "the file must be writable", "Check the folder, its permissions and the free space");
        }
    }

    private static void Remove(bool opened, string temporary)
    {
        try
        {
            if (opened)
            {
                File.Delete(temporary);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
