using BcnnSim.Kernel;
using Xunit;

namespace BcnnSim.Tests.Kernel;

public sealed class WakeSetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void All_of_a_domain_are_added(int count)
    {
        WakeSet set = new(count);
        Assert.True(set.IsEmpty);
        set.AddAll(count);
        Assert.Equal(count, set.Count);
        Assert.Equal(count == 0, set.IsEmpty);
    }

    [Fact]
    public void A_wake_set_equals_a_set_of_indices_over_random_traffic()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Random random = new(seed);
            int capacity = random.Next(1, 300);
            WakeSet set = new(capacity);
            HashSet<int> model = [];
            for (int step = 0; step < 2000; step++)
            {
                if (random.Next(10) == 0)
                {
                    int word = random.Next(set.Words.Length);
                    ulong taken = set.Take(word);
                    int[] expected = [.. model.Where(i => i >> 6 == word)];
                    Assert.True(expected.Aggregate(0UL, (bits, i) => bits | (1UL << (i & 63))) == taken, $"seed {seed}, step {step}");
                    model.ExceptWith(expected);
                }
                else
                {
                    int index = random.Next(capacity);
                    model.Add(index);
                    set.Add(index);
                }

                Assert.True(model.Count == set.Count && set.IsEmpty == (model.Count == 0), $"seed {seed}, step {step}");
                int probe = random.Next(capacity);
                Assert.True(model.Contains(probe) == set.Contains(probe), $"seed {seed}, step {step}");
            }
        }
    }
}
