using System.Diagnostics;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// A second pair of hands for work that comes in quick succession: a thread of the pool that, done with one piece of work, spins for the next for a
/// while before it goes back. Waking a sleeping thread costs about as much as a small layer, and a training step has dozens of them.
/// </summary>
internal sealed class LingeringHelper : IThreadPoolWorkItem
{
    // About as long as what a training step does between two layers on one thread; longer would only burn a core that others could use.
    private static readonly long Patience = Stopwatch.Frequency / 1000;

    // What is to be done next; null once it is taken.
    private Action? next;

    // 1 from the call for a thread of the pool to its return there.
    private int present;

    /// <summary>Hands over work to be begun soon; false where another's still lies there.</summary>
    public bool TryGive(Action work)
    {
        if (Interlocked.CompareExchange(ref next, work, null) is not null)
        {
            return false;
        }

        if (Interlocked.Exchange(ref present, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return true;
    }

    /// <summary>Whether this work was not begun and now never will be.</summary>
    public bool TryTakeBack(Action work) => Interlocked.CompareExchange(ref next, null, work) == work;

    void IThreadPoolWorkItem.Execute()
    {
        // Looked at once more after leaving: who gave work before that saw a helper present and called for none.
        do
        {
            Help();
            Interlocked.Exchange(ref present, 0);
        }
        while (Volatile.Read(ref next) is not null && Interlocked.Exchange(ref present, 1) == 0);
    }

    private void Help()
    {
        long since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetTimestamp() - since < Patience)
        {
            if (Volatile.Read(ref next) is not null && Interlocked.Exchange(ref next, null) is { } work)
            {
                work();
                since = Stopwatch.GetTimestamp();
            }

            Thread.SpinWait(1);
        }
    }
}
