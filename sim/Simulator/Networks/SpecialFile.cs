using System.Formats.Tar;

namespace BcnnSim.Networks;

/// <summary>Tells what is no regular file: opening a pipe waits for its writer, reading a device may never end.</summary>
internal static class SpecialFile
{
    /// <summary>A pipe or a device; null of a regular file. Opens neither.</summary>
    /// <param name="file">Exists.</param>
    /// <exception cref="IOException">A socket, or no access.</exception>
    public static string? KindOf(FileInfo file)
    {
        string path = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
        if (new FileInfo(path).Length > 0)
        {
            return null; // the others state no length
        }

        return KindInArchive(path) switch
        {
            TarEntryType.Fifo => "a pipe",
            TarEntryType.CharacterDevice or TarEntryType.BlockDevice => "a device",
            _ => null,
        };
    }

    // The attributes of a file do not tell its kind; its entry in an archive does, and a pipe is not opened for it.
    private static TarEntryType KindInArchive(string path)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            writer.WriteEntry(path, "file");
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()!.EntryType;
    }
}
