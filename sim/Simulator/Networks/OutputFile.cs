namespace BcnnSim.Networks;

/// <summary>Writes a file under a temporary name and renames it, so that a reader never sees half a file.</summary>
internal static class OutputFile
{
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = path + ".tmp";
        try
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }

            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, "file", failure.Message, "the file must be writable", "Check the folder, its permissions and the free space");
        }
    }
}
