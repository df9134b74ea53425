using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;
using BcnnSim.Trainer.Tests.Pruning.Structures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning.Methods;

public class SlrMethodTests
{
    private const int Length = 24, Kept = 7, Epochs = 60;

    [Fact]
    public void Targets_multipliers_steps_and_conditions_follow_the_published_rules()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Assert.True(Agrees(seed, SlrFault.None), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(SlrFault.LiveWeights)]
    [InlineData(SlrFault.FlippedDual)]
    [InlineData(SlrFault.NoProjection)]
    [InlineData(SlrFault.DroppedTies)]
    public void A_planted_fault_is_seen(SlrFault fault) => Assert.All(Enumerable.Range(1, 5), seed => Assert.False(Agrees(seed, fault), $"seed {seed}"));

    [Fact]
    public void Condition_1_takes_both_answers_and_condition_2_is_never_false()
    {
        var seen = new List<PruningIteration>();
        for (int seed = 1; seed <= 10; seed++)
        {
            Run(seed, (_, iteration, _, _) => seen.Add(iteration));
        }

        Assert.Contains(seen, row => row is { Condition1: true, Epoch: > 1 });
        Assert.Contains(seen, row => row.Condition1 == false);
        Assert.DoesNotContain(seen, row => row.Condition2 == false);
    }

    [Fact]
    public void While_every_test_holds_step_times_violation_is_the_product_of_a()
    {
        // A loss that falls faster than the penalty can rise keeps condition 1 true.
        var settings = new SlrSettings();
        WeightVector w = WeightVectors.Random(1, 1, Length);
        var method = new SlrMethod(settings);
        PruningProblem problem = WeightVectors.Unstructured(w, Kept);
        method.Begin(problem, w);
        double expected = settings.Step * WeightVector.Distance(w, problem.Project(w));
        int k = 1;
        for (int epoch = 1; epoch <= 100; epoch++)
        {
            Wander(w, 1, epoch);
            PruningIteration row = method.EndEpoch(epoch, 100, w, () => -1000.0 * epoch);
            Assert.True(row.Condition1 == true && row.Condition2 == true);
            expected *= settings.Shrink(k) * settings.Shrink(k + 1);
            k += 2;
            Assert.Equal(1, row.Step!.Value * row.Violation * w.Norm() / expected, 6);
        }
    }

    [Fact]
    public void Two_hundred_updates_shrink_the_step_by_the_published_0_849()
    {
        var settings = new SlrSettings();
        Assert.Equal(0.849, Enumerable.Range(1, 200).Aggregate(1.0, (product, k) => product * settings.Shrink(k)), 3);
    }

    [Fact]
    public void A_resumed_method_goes_on_as_if_it_had_not_stopped()
    {
        WeightVector w = WeightVectors.Random(1, 2, Length, 9);
        PruningProblem problem = WeightVectors.Unstructured(w, Kept, 2);
        var whole = new SlrMethod(new());
        whole.Begin(problem, w);
        var resumed = new SlrMethod(new());
        for (int epoch = 1; epoch <= 10; epoch++)
        {
            Wander(w, 1, epoch);
            PruningIteration expected = whole.EndEpoch(epoch, 10, w, () => 2.0 / epoch);
            if (epoch > 5)
            {
                Assert.Equal(expected, resumed.EndEpoch(epoch, 10, w, () => 2.0 / epoch));
            }

            if (epoch == 5)
            {
                resumed.Begin(problem, w);
                resumed.Numbers = whole.Numbers;
                Assert.All(resumed.Arrays().Zip(whole.Arrays()), pair => pair.Second.Value.CopyTo(pair.First.Value, 0));
            }
        }
    }

    // Whether method and twin agree in everything a run of random weights and losses shows.
    private static bool Agrees(int seed, SlrFault fault)
    {
        SlrTwin? twin = null;
        bool same = true;
        Run(seed, (method, row, w, loss) =>
        {
            double[] flat = [.. WeightVectors.Flat(w).Select(x => (double)x)];
            (bool first, bool second) = twin!.Epoch(flat, loss);
            WeightVector gradient = w.Zeros();
            method.AddGradient(w, gradient);
            same &= row.Condition1 == first && row.Condition2 == second && row.Updates == twin.K - 1 && Near(row.Step!.Value, twin.Step);
            same &= WeightVectors.Flat(gradient).Select((g, i) => Near(g, (0.1 * (flat[i] - twin.Z[i])) + twin.Lam[i])).All(x => x);
        },
        start => twin = new([.. WeightVectors.Flat(start).Select(x => (double)x)], Kept, fault));
        return same;
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-4 * (Math.Abs(b) + 1e-2);

    private static void Run(int seed, Action<SlrMethod, PruningIteration, WeightVector, double> see, Action<WeightVector>? start = null)
    {
        WeightVector w = WeightVectors.Random(seed, 1, Length);
        float[] row = w.Layers[0][0];
        int last = row.Index().OrderByDescending(pair => Math.Abs(pair.Item)).ElementAt(Kept - 1).Index;
        row[row.Index().OrderByDescending(pair => Math.Abs(pair.Item)).ElementAt(Kept).Index] = row[last]; // a tie across the border of S
        var method = new SlrMethod(new());
        method.Begin(WeightVectors.Unstructured(w, Kept), w);
        start?.Invoke(w);
        var losses = new SeededStream((ulong)seed, "losses");
        for (int epoch = 1; epoch <= Epochs; epoch++)
        {
            Wander(w, seed, epoch);
            double loss = losses.NextDouble();
            see(method, method.EndEpoch(epoch, Epochs, w, () => loss), w, loss);
        }
    }

    private static void Wander(WeightVector w, int seed, int epoch) =>
        w.Add(0.2, WeightVectors.Random((1000 * seed) + epoch, w.Layers[0].Length, [.. w.Layers.Select(parts => parts[0].Length)]));
}
