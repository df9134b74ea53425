using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// Parts of one piece of work, taken one after the other by the thread that wants it done, from the first on, and by others, from the last and from the
/// first on in turn: where parts are images, a thread comes back to those whose numbers its core still holds. Fetching them from another core's cache
/// costs more than many a layer computes. A part that throws ends it: no further one is begun, and the first exception reaches the caller when the last
/// part under way has ended.
/// </summary>
/// <param name="parts">How many.</param>
/// <param name="body">(part, scratch).</param>
/// <param name="idle">Working memory to take and to bring back, one per thread.</param>
internal sealed class SharedParts(int parts, Action<int, Scratch> body, ConcurrentBag<Scratch> idle)
{
    // A part is promised before it is picked at one of the ends, so that the ends never meet in one.
    private int promised;
    private int fromFirst;
    private int fromLast;
    private int others;
    private ExceptionDispatchInfo? problem;

    /// <summary>Returns when every part is done.</summary>
    public void Run(ReadOnlySpan<LingeringThread> threads)
    {
        Action[] ends = [() => WorkForAnother(last: true), () => WorkForAnother(last: false)];
        ReadOnlySpan<LingeringThread> asked = threads[..Math.Clamp(parts - 1, 0, threads.Length)];
        for (int i = 0; i < asked.Length; i++)
        {
            Interlocked.Increment(ref others);
            if (!asked[i].TryGive(ends[i % ends.Length]))
            {
                Interlocked.Decrement(ref others);
            }
        }

        Work(last: false);
        Await(asked, ends);
        problem?.Throw();
    }

    private void Await(ReadOnlySpan<LingeringThread> asked, Action[] ends)
    {
        for (int i = 0; i < asked.Length; i++)
        {
            if (asked[i].TryTakeBack(ends[i % ends.Length]))
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

    private void WorkForAnother(bool last)
    {
        Work(last);
        Interlocked.Decrement(ref others);
    }

    // Throws nothing: whoever calls has others to wait for, or to tell.
    private void Work(bool last)
    {
        try
        {
            if (!idle.TryTake(out Scratch? scratch))
            {
                scratch = new Scratch();
            }

            while (Interlocked.Increment(ref promised) <= parts)
            {
                body(last ? parts - Interlocked.Increment(ref fromLast) : Interlocked.Increment(ref fromFirst) - 1, scratch);
            }

            // Not after an exception, which may have left it half grown.
            idle.Add(scratch);
        }
        catch (Exception thrown)
        {
            Interlocked.Exchange(ref promised, parts);
            Interlocked.CompareExchange(ref problem, ExceptionDispatchInfo.Capture(thrown), null);
        }
    }
}
