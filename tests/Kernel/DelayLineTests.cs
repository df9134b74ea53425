using BcnnSim.Kernel;
using Xunit;

namespace BcnnSim.Tests.Kernel;

public sealed class DelayLineTests
{
    [Fact]
    public void A_value_leaves_exactly_its_latency_after_it_entered()
    {
        DelayLine<int> line = new(latency: 5, capacity: 6);
        Assert.Equal(long.MaxValue, line.NextDue);
        line.Enter(1, 10);
        line.Enter(2, 11);
        Assert.Equal(15, line.NextDue);
        Assert.Equal(1, line.Peek());
        Assert.Equal(1, line.Leave());
        Assert.Equal(16, line.NextDue);
        Assert.Equal(2, line.Leave());
        Assert.Equal(0, line.Count);
    }

    [Fact]
    public void An_entry_beyond_the_capacity_is_a_model_error()
    {
        DelayLine<int> line = new(2, 3);
        for (int i = 0; i < 3; i++)
        {
            line.Enter(i, i);
        }

        Assert.Contains("3 entries overflows", Assert.Throws<ModelException>(() => line.Enter(3, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delay_line_equals_a_list_of_due_times_over_random_traffic()
    {
        for (int seed = 1; seed <= 30; seed++)
        {
            Random random = new(seed);
            int latency = random.Next(0, 9);
            int capacity = random.Next(1, 12);
            DelayLine<int> line = new(latency, capacity);
            Queue<(int Value, long Due)> model = new();
            for (int cycle = 0; cycle < 3000; cycle++)
            {
                if (model.Count > 0 && model.Peek().Due <= cycle && random.Next(3) > 0)
                {
                    Assert.True(model.Peek().Value == line.Peek() && model.Dequeue().Value == line.Leave(), $"seed {seed}, cycle {cycle}");
                }

                if (model.Count < capacity && random.Next(2) == 0)
                {
                    model.Enqueue((cycle, cycle + latency));
                    line.Enter(cycle, cycle);
                }

                long due = model.Count == 0 ? long.MaxValue : model.Peek().Due;
                Assert.True(due == line.NextDue && model.Count == line.Count, $"seed {seed}, cycle {cycle}");
            }
        }
    }
}
