using System.Diagnostics;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// A thread of the pool for work that comes in quick succession: done with one piece, it spins for the next for a while before it goes
/// back. Waking a sleeping thread costs about as much as a small layer, and a training step has dozens of them.
/// </summary>
/// <param name="lingers">False where there is no core for it: it goes back at once then.</param>
internal sealed class LingeringThread(bool lingers) : IThreadPoolWorkItem
{
    // About as long as what a training step does between two layers on one thread; longer would only burn a core that others could use.
    private readonly long patience = lingers ? Stopwatch.Frequency / 1000 : 0;

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
    public bool TryTakeBack(Action work) => ReferenceEquals(Interlocked.CompareExchange(ref next, null, work), work);

    void IThreadPoolWorkItem.Execute()
    {
        // Looked at once more after leaving: who gave work before that saw a thread present and called for none.
        do
        {
            Work();
            Interlocked.Exchange(ref present, 0);
        }
        while (Volatile.Read(ref next) is not null && Interlocked.Exchange(ref present, 1) == 0);
    }

    private void Work()
    {
        long since = Stopwatch.GetTimestamp();
        do
        {
            if (Volatile.Read(ref next) is not null && Interlocked.Exchange(ref next, null) is { } work)
            {
                work();
                since = Stopwatch.GetTimestamp();
            }

            Thread.SpinWait(1);
        }
        while (Stopwatch.GetTimestamp() - since < patience);
    }
}
