using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Privacy;
using BcnnSim.Trainer.Tests.Layers.Real;
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

    /// <summary>What is added to the parameters is the slope of lambda times the reference frames' half of G; without the option nothing is.</summary>
    [Fact]
    public void The_second_term_adds_the_slope_through_the_reference_frames()
    {
        var frames = new FrameStore(new PatternFrames(Batch, 1), 1);
        using RealNet<float> net = SmallFloat(frames);
        var work = new WorkSplit(1);
        using MembershipGame one = Game(GameLoss.Square, 2), both = Game(GameLoss.Square, 2, bothTerms: true);
        GameSide others = both.Reference(net, work);
        _ = one.Reference(net, work);
        for (int step = 0; step < 40; step++)
        {
            both.Play(Side(step, sure: true), Side(1000 + step, sure: false), new float[Batch * Classes]); // h has an opinion
        }

        Parameter<float>[] parameters = [.. net.Parameters()];
        foreach (Parameter<float> parameter in parameters)
        {
            Array.Fill(parameter.Gradient, 1);
        }

        one.AddReferenceTerm(net, others, work);
        Assert.All(parameters, parameter => Assert.All(parameter.Gradient, value => Assert.Equal(1, value)));
        both.AddReferenceTerm(net, others, work);
        Parameter<float> shift = parameters.Single(parameter => parameter.Name == "head.shift");
        float[] added = [.. shift.Gradient.Select(value => value - 1)];
        Assert.Contains(added, value => Math.Abs(value) > 1e-3);
        for (int k = 0; k < Classes; k++)
        {
            // The logits are W f + shift, so a step of the shift is one of every frame's logit k.
            double Value(float by) => both.SideValue(others with { Logits = [.. others.Logits.Select((z, i) => i % Classes == k ? z + by : z)] }, member: false);
            double slope = (Value(0.02f) - Value(-0.02f)) / 0.04;
            Assert.Equal(slope, added[k], Math.Max(1e-4, Math.Abs(0.05 * slope))); // lambda 2, half of G
        }

        Assert.Contains(parameters[0].Gradient, value => value != 1);
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

    [Fact]
    public void A_step_of_training_takes_the_second_term_where_it_is_asked_for()
    {
        float[] member = Stepped(false), both = Stepped(true);
        Assert.NotEqual(member, both);
        Assert.Equal(both, Stepped(true));
    }

    private static float[] Stepped(bool bothTerms)
    {
        string folder = Directory.CreateTempSubdirectory("bcnntrain-game-").FullName;
        try
        {
            var frames = new FrameStore(new PatternFrames(Batch, 1), 1);
            using RealNet<float> net = SmallFloat(frames);
            using MembershipGame game = Game(GameLoss.Log, 5, bothTerms);
            var context = new PhaseContext(
                "retrain", folder, "fingerprint", 3, frames, frames, Batch, new TrainingLog(Path.Combine(folder, "log.csv")), new WorkSplit(1), new ProgressLine(TextWriter.Null, true, Batch))
            { Game = game };
            using var phase = new TrainingPhase(context, new() { Epochs = 1, Images = null, LearningRate = 0.01, Schedule = ScheduleKind.Constant }, net);
            _ = phase.Step([.. Enumerable.Range(0, Batch)], 0.01);
            _ = phase.Step([.. Enumerable.Range(0, Batch)], 0.01);
            return [.. net.Parameters().SelectMany(parameter => parameter.Value)];
        }
        finally
        {
            Directory.Delete(folder, true);
        }
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

    // Three classes by bias alone, as a game needs it.
    private static RealNet<float> SmallFloat(FrameStore frames)
    {
        var net = new RealNet<float>(RealShapes.Small(frames.Shape), Batch, new(0, ActivationKind.Relu, BatchNorm: false));
        WeightStart.Draw(net, 3);
        return net;
    }

    private static MembershipGame Game(GameLoss loss, double lambda, bool bothTerms = false) => new(
        new() { Loss = loss, AttackSteps = 1, WarmUpEpochs = 0, LearningRate = 0.0003, BothTerms = bothTerms }, lambda, new FrameStore(new PatternFrames(Batch, 1), 1), Batch, 7);
}
