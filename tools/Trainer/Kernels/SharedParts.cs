using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// Parts of one piece of work, taken one after the other by the thread that wants it done and by others. A part that throws ends it: no further one is
/// begun, and the first exception reaches the caller when the last part under way has ended.
/// </summary>
/// <param name="parts">How many.</param>
/// <param name="body">(part, scratch).</param>
/// <param name="idle">Working memory to take and to bring back, one per thread.</param>
internal sealed class SharedParts(int parts, Action<int, Scratch> body, ConcurrentBag<Scratch> idle)
{
    private int taken = -1;
    private int others;
    private ExceptionDispatchInfo? problem;

    /// <summary>Returns when every part is done.</summary>
    public void Run(ReadOnlySpan<LingeringThread> threads)
    {
        Action work = WorkForAnother;
        int asked = 0;
        while (asked < threads.Length && asked < parts - 1)
        {
            Interlocked.Increment(ref others);
            if (!threads[asked++].TryGive(work))
            {
                Interlocked.Decrement(ref others);
            }
        }

        Work();
        Await(threads[..asked], work);
        problem?.Throw();
    }

    private void Await(ReadOnlySpan<LingeringThread> asked, Action work)
    {
        foreach (LingeringThread thread in asked)
        {
            if (thread.TryTakeBack(work))
            {
                Interlocked.Decrement(ref others);
            }
        }

        var wait = default(SpinWait);
        while (Volatile.Read(ref others) > 0)
        {
            // Never asleep: what is under way ends within a part's time.
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void WorkForAnother()
    {
        Work();
        Interlocked.Decrement(ref others);
    }

    // Throws nothing: whoever calls has others to wait for, or to tell.
    private void Work()
    {
        try
        {
            if (!idle.TryTake(out Scratch? scratch))
            {
                scratch = new Scratch();
            }

            for (int part = Interlocked.Increment(ref taken); part < parts; part = Interlocked.Increment(ref taken))
            {
                body(part, scratch);
            }

            // Not after an exception, which may have left it half grown.
            idle.Add(scratch);
        }
        catch (Exception thrown)
        {
            Interlocked.Exchange(ref taken, parts);
            Interlocked.CompareExchange(ref problem, ExceptionDispatchInfo.Capture(thrown), null);
        }
    }
}
