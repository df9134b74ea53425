using System.Diagnostics;
using BcnnSim.Trainer.Kernels;
using Xunit;

namespace BcnnSim.Trainer.Tests.Kernels;

public class WorkSplitTests
{
    // Longer than any machine hangs for; a test that waits so long has failed.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_part_is_done_once_and_before_the_call_returns(int threads)
    {
        var work = new WorkSplit(threads);
        int caller = Environment.CurrentManagedThreadId;
        for (int round = 0; round < 2000; round++)
        {
            int[] done = new int[round % 9];
            work.RunParts(done.Length, (part, _) =>
            {
                // What the caller did not wait for would be missing below.
                Thread.SpinWait(Environment.CurrentManagedThreadId == caller ? 100 : 20_000);
                Interlocked.Increment(ref done[part]);
            });
            Assert.All(done, count => Assert.Equal(1, count));
        }
    }

    /// <summary>As many parts as threads, each of which waits for all others: in quick succession, and after helpers have gone.</summary>
    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(2, 5)]
    public void Threads_work_at_the_same_time(int threads, int pause)
    {
        var work = new WorkSplit(threads);
        for (int round = 0; round < 40; round++)
        {
            using var all = new Barrier(threads);
            int met = 0;
            work.RunParts(threads, (_, _) => Interlocked.Add(ref met, all.SignalAndWait(Long) ? 1 : 0));
            Assert.Equal(threads, met);
            Thread.Sleep(pause);
        }
    }

    [Fact]
    public void Running_parts_never_share_working_memory()
    {
        var work = new WorkSplit(4);
        var running = new HashSet<Scratch>();
        int shared = 0;
        using var two = new Barrier(2);
        work.RunParts(20000, (part, scratch) =>
        {
            if (part is 0 or 19999)
            {
                Assert.True(two.SignalAndWait(Long));
            }

            lock (running)
            {
                shared += running.Add(scratch) ? 0 : 1;
            }

            Thread.SpinWait(20);
            lock (running)
            {
                shared += running.Remove(scratch) ? 0 : 1;
            }
        });
        Assert.Equal(0, shared);
    }

    /// <summary>So that a thread meets the images again that it worked on before.</summary>
    [Fact]
    public void Two_threads_begin_at_the_two_ends()
    {
        var work = new WorkSplit(2);
        int caller = Environment.CurrentManagedThreadId;
        int[] threads = new int[8];
        using var both = new Barrier(2);
        work.RunParts(threads.Length, (part, _) =>
        {
            threads[part] = Environment.CurrentManagedThreadId;
            Assert.True(both.SignalAndWait(Long));
        });
        Assert.All(threads[..4], thread => Assert.Equal(caller, thread));
        Assert.All(threads[4..], thread => Assert.NotEqual(caller, thread));
    }

    /// <summary>Thrown by the caller's part and by a helper's: both are under way.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_part_that_throws_ends_the_work_and_the_next_one_is_whole(bool caller)
    {
        var work = new WorkSplit(2);
        int thread = Environment.CurrentManagedThreadId, later = 0;
        using var both = new Barrier(2);
        var thrown = Assert.Throws<InvalidDataException>(() => work.RunParts(10_000, (part, _) =>
        {
            bool begins = part is 0 or 9999;
            Interlocked.Add(ref later, begins ? 0 : 1);
            if (begins && both.SignalAndWait(Long) && caller == (Environment.CurrentManagedThreadId == thread))
            {
                throw new InvalidDataException("here");
            }

            Thread.Sleep(1);
        }));
        Assert.Equal("here", thrown.Message);
        Assert.InRange(later, 0, 5000);
        int done = 0;
        work.RunParts(100, (_, _) => Interlocked.Increment(ref done));
        Assert.Equal(100, done);
    }

    /// <summary>Until others have helped: they come when a core is free.</summary>
    [Fact]
    public void Work_within_a_part_and_two_callers_at_once_are_done_whole()
    {
        var work = new WorkSplit(3);
        var clock = Stopwatch.StartNew();
        bool helped = false;
        long sum = 0;
        int rounds = 0;
        void Call()
        {
            int caller = Environment.CurrentManagedThreadId;
            for (int round = 0; round < 300 || !(Volatile.Read(ref helped) || clock.Elapsed > Long); round++, Interlocked.Increment(ref rounds))
            {
                work.RunParts(5, (part, _) =>
                {
                    Volatile.Write(ref helped, Volatile.Read(ref helped) || Environment.CurrentManagedThreadId != caller);
                    work.RunParts(7, (inner, _) => Interlocked.Add(ref sum, (10 * part) + inner));
                });
            }
        }

        Thread[] callers = [new(Call), new(Call)];
        Array.ForEach(callers, thread => thread.Start());
        Array.ForEach(callers, thread => thread.Join());
        Assert.True(helped);
        Assert.Equal(rounds * ((10L * 10 * 7) + (5 * 21)), sum);
    }
}
