using BcnnSim.Trainer.Privacy;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

public class MembershipSplitTests
{
    [Fact]
    public void Sets_are_disjoint_of_the_asked_sizes_and_drawn_by_the_seed()
    {
        var split = MembershipSplit.Of(1000, 200, 150, 3);
        int[][] sets = [split.Members, split.Reference, split.NonMembers, split.Validation];
        Assert.Equal([200, 200, 200, 150], sets.Select(set => set.Length));
        int[] all = [.. sets.SelectMany(set => set)];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(all, i => Assert.InRange(i, 0, 999));
        Assert.Equal(split.Members, MembershipSplit.Of(1000, 200, 150, 3).Members);
        Assert.NotEqual(split.Members, MembershipSplit.Of(1000, 200, 150, 4).Members);
    }

    [Fact]
    public void A_pool_that_is_too_small_is_no_split() => Assert.Throws<ArgumentOutOfRangeException>(() => MembershipSplit.Of(749, 200, 150, 3));
}
