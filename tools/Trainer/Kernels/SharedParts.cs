using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// Parts of one piece of work, taken one after the other by the thread that wants it done and by helpers. A part that throws ends it: no further one is
/// begun, and the first exception reaches the caller when the last part under way has ended.
/// </summary>
/// <param name="parts">How many.</param>
/// <param name="body">(part, scratch).</param>
/// <param name="idle">Working memory to take and to bring back, one per thread.</param>
internal sealed class SharedParts(int parts, Action<int, Scratch> body, ConcurrentBag<Scratch> idle)
{
    private int taken = -1;
    private int helping;
    private ExceptionDispatchInfo? problem;

    /// <summary>Returns when every part is done.</summary>
    public void Run(ReadOnlySpan<LingeringHelper> helpers)
    {
        Action help = Help;
        int asked = 0;
        while (asked < helpers.Length && asked < parts - 1)
        {
            Interlocked.Increment(ref helping);
            if (!helpers[asked++].TryGive(help))
            {
                Interlocked.Decrement(ref helping);
            }
        }

        Work();
        Await(helpers[..asked], help);
        problem?.Throw();
    }

    private void Await(ReadOnlySpan<LingeringHelper> asked, Action help)
    {
        foreach (LingeringHelper helper in asked)
        {
            if (helper.TryTakeBack(help))
            {
                Interlocked.Decrement(ref helping);
            }
        }

        var wait = default(SpinWait);
        while (Volatile.Read(ref helping) > 0)
        {
            // Never asleep: what is under way ends within a part's time.
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void Help()
    {
        Work();
        Interlocked.Decrement(ref helping);
    }

    private void Work()
    {
        if (!idle.TryTake(out Scratch? scratch))
        {
            scratch = new Scratch();
        }

        try
        {
            for (int part = Interlocked.Increment(ref taken); part < parts; part = Interlocked.Increment(ref taken))
            {
                body(part, scratch);
            }
        }
        catch (Exception thrown)
        {
            Interlocked.Exchange(ref taken, parts);
            Interlocked.CompareExchange(ref problem, ExceptionDispatchInfo.Capture(thrown), null);
        }

        idle.Add(scratch);
    }
}
