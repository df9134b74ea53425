using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Privacy;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

public sealed class MembershipGameTests
{
    private const int Classes = 3;
    private const int Batch = 64;

    [Theory]
    [InlineData(GameLoss.Log, true)]
    [InlineData(GameLoss.Log, false)]
    [InlineData(GameLoss.Square, true)]
    [InlineData(GameLoss.Square, false)]
    public void The_slope_is_that_of_the_value_and_points_to_the_truth(GameLoss loss, bool member)
    {
        using MembershipGame game = Game(loss, 1);
        foreach (double z in new[] { -6, -1.5, 0, 0.3, 5 })
        {
            double by = (game.Value(z + 1e-6, member) - game.Value(z - 1e-6, member)) / 2e-6;
            Assert.Equal(by, game.Slope(z, member), 6);
            Assert.True(game.Slope(z, member) * (member ? 1 : -1) > 0);
        }

        Assert.Equal(loss == GameLoss.Log ? Math.Log(0.5) : -0.25, game.Value(0, member), 12);
    }

    [Fact]
    public void Log_is_held_away_from_its_pole()
    {
        using MembershipGame game = Game(GameLoss.Log, 1);
        Assert.Equal(Math.Log(1e-6), game.Value(-50, true), 9);
        Assert.Equal(0, game.Slope(-50, true));
    }

    /// <summary>A frozen h would stay at chance and its gain at log 1/2.</summary>
    [Theory]
    [InlineData(GameLoss.Log)]
    [InlineData(GameLoss.Square)]
    public void H_learns_what_tells_members_apart_and_holds_it_on_frames_kept_from_it(GameLoss loss)
    {
        using MembershipGame game = Game(loss, 0.1);
        for (int step = 0; step < 60; step++)
        {
            game.Play(Side(step, sure: true), Side(1000 + step, sure: false), new float[Batch * Classes]);
            if (step is 0 or 59)
            {
                game.EndEpoch("prune", step + 1);
            }
        }

        GameEpoch last = game.Epochs[^1];
        using MembershipGame fresh = Game(loss, 0.1);
        fresh.Play(Side(0, sure: true), Side(1, sure: false), new float[Batch * Classes]);
        fresh.EndEpoch("prune", 1);
        Assert.True(last.Gain > fresh.Epochs[0].Gain + 0.02, $"{fresh.Epochs[0].Gain} to {last.Gain}");
        Assert.InRange(last.OwnAccuracy, 0.75, 1);
        Assert.InRange(last.HeldOutAccuracy, 0.75, 1);
    }

    [Fact]
    public void The_added_gradient_is_that_of_lambda_G_through_the_members()
    {
        using MembershipGame game = Game(GameLoss.Log, 1), strong = Game(GameLoss.Log, 3);
        GameSide others = Side(2, sure: false);
        float[] one = new float[Batch * Classes], three = new float[Batch * Classes];
        for (int step = 0; step < 30; step++)
        {
            Array.Clear(one);
            Array.Clear(three);
            game.Play(Side(step, sure: true), others, one);
            strong.Play(Side(step, sure: true), others, three);
        }

        Assert.Contains(one, x => Math.Abs(x) > 1e-5);
        for (int i = 0; i < one.Length; i++)
        {
            Assert.Equal(3 * one[i], three[i], Math.Max(1e-6f, 1e-3f * Math.Abs(one[i])));
        }

        // Down the gradient h believes less in the members.
        GameSide members = Side(29, sure: true);
        GameSide moved = members with { Logits = [.. members.Logits.Zip(one, (logit, g) => logit - (200 * g))] };
        Assert.True(Gain(game, moved, others) < Gain(game, members, others));
    }

    /// <summary>The factor itself: the added gradient is the slope of lambda times the members' half of G.</summary>
    [Fact]
    public void The_added_gradient_has_the_size_of_finite_differences()
    {
        using MembershipGame game = Game(GameLoss.Square, 2);
        GameSide others = Side(1000, sure: false), members = Side(0, sure: true);
        for (int step = 0; step < 40; step++)
        {
            game.Play(Side(step, sure: true), Side(1000 + step, sure: false), new float[Batch * Classes]);
        }

        GameSide own = members with { Indices = [.. Enumerable.Range(0, Batch).Select(i => MembershipGame.HeldOut * i)] }; // h stays as it is
        GameSide far = others with { Indices = own.Indices };
        var gradient = new float[Batch * Classes];
        game.Play(own, far, gradient);
        int largest = Enumerable.Range(0, gradient.Length).MaxBy(i => Math.Abs(gradient[i]));
        float[] Moved(float by)
        {
            float[] logits = [.. own.Logits];
            logits[largest] += by;
            return logits;
        }

        double slope = (game.MembersValue(own with { Logits = Moved(0.05f) }) - game.MembersValue(own with { Logits = Moved(-0.05f) })) / 0.1;
        Assert.Equal(2 * slope / 2, gradient[largest], Math.Abs(0.03 * slope)); // lambda 2, half of G
    }

    [Fact]
    public void H_learns_nothing_from_frames_that_are_held_out()
    {
        using MembershipGame game = Game(GameLoss.Log, 1);
        var kept = Side(3, sure: true) with { Indices = [.. Enumerable.Range(0, Batch).Select(i => MembershipGame.HeldOut * i)] };
        float[] before = new float[Batch * Classes], after = new float[Batch * Classes];
        game.Play(kept, kept, before);
        for (int i = 0; i < 20; i++)
        {
            game.Play(kept, kept, new float[Batch * Classes]);
        }

        game.Play(kept, kept, after);
        Assert.Equal(before, after);
        game.EndEpoch("prune", 1);
        Assert.Equal(0.5, game.Epochs[0].OwnAccuracy);
    }

    // G of the members as h values them now.
    private static double Gain(MembershipGame game, GameSide members, GameSide others)
    {
        game.EndEpoch("before", 0);
        game.Play(members, others, new float[Batch * Classes]);
        game.EndEpoch("after", 1);
        return game.Epochs[^1].Gain;
    }

    // Members are answered with certainty, others without; labels are right.
    private static GameSide Side(int seed, bool sure)
    {
        var stream = new SeededStream((ulong)seed, "side");
        int[] labels = [.. Enumerable.Range(0, Batch).Select(_ => (int)(stream.NextDouble() * Classes))];
        float[] logits = [.. Enumerable.Range(0, Batch * Classes).Select(i => (float)(stream.NextDouble() + (i % Classes == labels[i / Classes] ? (sure ? 8 : 1) : 0)))];
        return new([.. Enumerable.Range(0, Batch)], logits, labels);
    }

    private static MembershipGame Game(GameLoss loss, double lambda) => new(
        new() { Loss = loss, AttackSteps = 1, WarmUpEpochs = 0, LearningRate = 0.0003 }, lambda, new FrameStore(new PatternFrames(Batch, 1), 1), Batch, 7);
}
