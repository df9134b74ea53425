using BcnnSim.Networks;

namespace BcnnSim.Trainer.Training;

/// <summary>Writes one file of a run whole or not at all, and says on a full disk how the run goes on.</summary>
internal static class RunFile
{
    /// <exception cref="InputException">Not written; what stood there before is unchanged.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            OutputFile.Write(path, write);
        }
        catch (InputException refused)
        {
            throw new InputException(
                path, "file", refused.Violations[0].Value, "must be written whole; the file that was there before is unchanged, as is every checkpoint",
                "Free space or correct the permissions, then repeat the command: train goes on with --resume from its last checkpoint, if it has one, to the bit; compare and privacy begin again the row that was cut off");
        }
    }
}
