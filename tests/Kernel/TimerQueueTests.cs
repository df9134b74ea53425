using BcnnSim.Kernel;
using Xunit;

namespace BcnnSim.Tests.Kernel;

public sealed class TimerQueueTests
{
    [Fact]
    public void Entries_leave_by_cycle_then_component_whatever_the_order_of_insertion()
    {
        TimerQueue queue = new();
        (long, int)[] entries = [(5, 2), (3, 9), (5, 1), (3, 0), (9, 4), (5, 3)];
        foreach ((long cycle, int component) in entries)
        {
            queue.Add(cycle, component, background: false);
        }

        List<(long, int)> left = [];
        while (queue.Count > 0)
        {
            long cycle = queue.NextCycle;
            left.Add((cycle, queue.RemoveNext()));
        }

        Assert.Equal(entries.Order(), left);
        Assert.Equal(long.MaxValue, queue.NextCycle);
    }

    [Fact]
    public void Only_progress_entries_are_counted_as_progress()
    {
        TimerQueue queue = new();
        queue.Add(1, 0, background: true);
        queue.Add(2, 1, background: false);
        Assert.Equal((2, 1), (queue.Count, queue.ProgressCount));
        queue.RemoveNext();
        Assert.Equal((1, 1), (queue.Count, queue.ProgressCount));
        queue.Remove(2, 1, background: false);
        Assert.Equal((0, 0), (queue.Count, queue.ProgressCount));
    }

    [Fact]
    public void A_queue_equals_a_sorted_list_over_random_traffic()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Random random = new(seed);
            TimerQueue queue = new();
            List<(long Cycle, int Component, bool Background)> model = [];
            for (int step = 0; step < 3000; step++)
            {
                int action = model.Count == 0 ? 0 : random.Next(5);
                if (action < 2)
                {
                    (long, int, bool) entry = (random.Next(200), random.Next(20), random.Next(3) == 0);
                    model.Add(entry);
                    queue.Add(entry.Item1, entry.Item2, entry.Item3);
                }
                else if (action == 2)
                {
                    (long cycle, int component, bool background) = model[random.Next(model.Count)];
                    model.Remove((cycle, component, background));
                    queue.Remove(cycle, component, background);
                }
                else
                {
                    // Of entries equal in cycle and component either kind may leave first.
                    (long cycle, int component, _) = model.Min();
                    int progress = queue.ProgressCount;
                    Assert.True(component == queue.RemoveNext(), $"seed {seed}, step {step}");
                    model.Remove((cycle, component, progress == queue.ProgressCount));
                }

                long next = model.Count == 0 ? long.MaxValue : model.Min().Cycle;
                Assert.True(next == queue.NextCycle && model.Count == queue.Count, $"seed {seed}, step {step}");
                Assert.True(model.Count(e => !e.Background) == queue.ProgressCount, $"seed {seed}, step {step}");
            }
        }
    }
}
