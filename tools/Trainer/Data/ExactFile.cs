namespace BcnnSim.Trainer.Data;

/// <summary>Files whose length is known beforehand.</summary>
internal static class ExactFile
{
    /// <summary>All bytes of a file that must have <paramref name="length"/> of them.</summary>
    /// <exception cref="InputException">Missing, of another length, or unreadable.</exception>
    public static byte[] Read(string path, long length, string content, string remedy)
    {
        try
        {
            if (!File.Exists(path))
            {
                throw new InputException(path, "file", "missing", $"must hold {content}", remedy);
            }

            long found = new FileInfo(path).Length;
            return found == length
                ? File.ReadAllBytes(path)
                : throw new InputException(path, "length", $"{found} bytes", $"must be {length} bytes: {content}", remedy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, "file", e.Message, "must be readable", remedy);
        }
    }
}
