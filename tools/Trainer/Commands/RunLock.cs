namespace BcnnSim.Trainer.Commands;

/// <summary>
/// One process at a time writes a run folder. The operating system drops the lock with the process, however it ends; the
/// empty file stays, because deleting it would let a third process lock another file of the same name.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream held;

    public RunLock(string folder)
    {
        string path = Path.Combine(folder, "run.lock");
        try
        {
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, "lock", failure.Message, "no other process may be writing this run, and the folder must be writable", "Wait for the other run, or give --run another folder");
        }
    }

    public void Dispose() => held.Dispose();
}
