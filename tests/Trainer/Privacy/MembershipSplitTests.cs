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

    /// <summary>A shadow model that learned a member would make the attack look stronger than it is.</summary>
    [Fact]
    public void Shadow_models_learn_no_frame_of_any_set()
    {
        var split = MembershipSplit.Of(1300, 200, 50, 3);
        int[] taken = [.. split.Members, .. split.Reference, .. split.NonMembers, .. split.Validation];
        Assert.Equal(1300, taken.Concat(split.Rest).Distinct().Count());
        for (int model = 0; model < 3; model++)
        {
            (int[] members, int[] reference, int[] others) = split.Shadow(model);
            Assert.Equal([200, 200, 200], new[] { members, reference, others }.Select(set => set.Length));
            Assert.Equal(600 + taken.Length, members.Concat(reference).Concat(others).Concat(taken).Distinct().Count());
        }

        Assert.NotEqual(split.Shadow(0).Members, split.Shadow(1).Members);
        Assert.Throws<ArgumentOutOfRangeException>(() => MembershipSplit.Of(1200, 200, 50, 3).Shadow(0));
    }

    [Fact]
    public void Models_of_lira_learn_as_many_frames_as_the_attacked_one_and_every_frame_lies_in_half_of_them()
    {
        var split = MembershipSplit.Of(1000, 200, 150, 3);
        bool[][] inside = [.. Enumerable.Range(0, 6).Select(split.Half)];
        Assert.All(inside, model => Assert.Equal((400, 200), (model.Length, model.Count(learned => learned))));
        Assert.All(Enumerable.Range(0, 400), frame => Assert.Equal(3, inside.Count(model => model[frame])));
        Assert.NotEqual(inside[0], inside[2]);
        Assert.InRange(inside[0].Take(200).Count(learned => learned), 70, 130); // D and E alike: membership decides nothing
    }

    [Fact]
    public void A_pool_that_is_too_small_is_no_split() => Assert.Throws<ArgumentOutOfRangeException>(() => MembershipSplit.Of(749, 200, 150, 3));
}
