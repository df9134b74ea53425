using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Tests.Pruning.Structures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning.Methods;

public class AdmmMethodTests
{
    [Fact]
    public void Dual_variable_adds_what_the_projection_removed_and_the_gradient_pulls_there()
    {
        var w = new WeightVector([[[3, -2, 1]]]);
        var method = new AdmmMethod(0.5, 10, 3);
        method.Begin(WeightVectors.Unstructured(w, 1), w);
        Assert.Equal([0, -1, 0.5f], Gradient(method, w)); // 0.5 (W - Z), Z = (3, 0, 0), U = 0
        method.EndEpoch(1, 6, w, () => 0);
        Assert.Equal([0, -2, 1], Gradient(method, w)); // U = (0, -2, 1): 0.5 (W - Z + U)
        w.Layers[0][0][1] = -1.5f;
        method.EndEpoch(2, 6, w, () => 0); // W + U = (3, -3.5, 2): the second weight wins
        Assert.Equal(5 * (3 - 0 + (3.0 / 10)), Gradient(method, w)[0], 5); // rho 5 in the second stage, U = (3, ...)/10: Lam stays
    }

    [Fact]
    public void The_method_converges_on_a_quadratic_whose_best_pruned_point_is_known()
    {
        // f = 1/2 ||W - a||^2: the best point with two weights is a with its two largest.
        float[] a = [0.3f, -2, 0.1f, 1.5f, 0.9f];
        var w = new WeightVector([[(float[])a.Clone()]]);
        var method = new AdmmMethod(0.3, 10, 3);
        method.Begin(WeightVectors.Unstructured(w, 2), w);
        PruningIteration last = Descend(method, w, a, 30);
        Assert.True(last.Violation < 0.05, $"{last.Violation}");
        Assert.Equal([0, -2, 0, 1.5f, 0], WeightVectors.Unstructured(w, 2).Project(w).Layers[0][0].Select(x => MathF.Round(x, 1)));
    }

    [Fact]
    public void With_a_step_of_its_own_the_multipliers_grow_by_that_however_large_rho_is()
    {
        var w = new WeightVector([[[3, -2, 1]]]);
        var method = new AdmmMethod(0.5, 10, 2, step: 0.25);
        method.Begin(WeightVectors.Unstructured(w, 1), w);
        Assert.Equal([0.25, 0.25], new[] { 1, 2 }.Select(epoch => method.EndEpoch(epoch, 2, w, () => 0).Step));
        Assert.Equal([0, -11, 5.5f], Gradient(method, w)); // rho 5 (W - Z) and Lam = 2 * 0.25 (W - Z)
    }

    [Fact]
    public void It_has_reached_its_set_below_the_violation_asked_for_and_a_resumed_one_knows_it()
    {
        var w = new WeightVector([[[3, -2, 1]]]);
        AdmmMethod Begun(double stopBelow)
        {
            var method = new AdmmMethod(0.5, 10, 3, stopBelow: stopBelow);
            method.Begin(WeightVectors.Unstructured(w, 1), w);
            return method;
        }

        AdmmMethod method = Begun(0.65), strict = Begun(0.55), never = Begun(0);
        Assert.False(method.Reached);
        foreach (AdmmMethod one in new[] { method, strict, never })
        {
            Assert.Equal(Math.Sqrt(5 / 14.0), one.EndEpoch(1, 3, w, () => 0).Violation, 12);
        }

        Assert.Equal([true, false, false], new[] { method, strict, never }.Select(one => one.Reached));
        AdmmMethod resumed = Begun(0.65);
        resumed.Numbers = method.Numbers;
        Assert.True(resumed.Reached);
    }

    [Fact]
    public void Penalty_alone_has_no_multipliers()
    {
        var w = new WeightVector([[[3, -2, 1]]]);
        var method = new PenaltyMethod(0.5);
        method.Begin(WeightVectors.Unstructured(w, 1), w);
        method.EndEpoch(1, 2, w, () => 0);
        method.EndEpoch(2, 2, w, () => 0);
        Assert.Equal([0, -1, 0.5f], Gradient(method, w));
    }

    [Fact]
    public void A_growing_penalty_pulls_harder_from_epoch_to_epoch_and_goes_on_where_it_stopped()
    {
        var w = new WeightVector([[[3, -2, 1]]]);
        var method = new PenaltyMethod(0.5, 2);
        method.Begin(WeightVectors.Unstructured(w, 1), w);
        Assert.Equal([0.5, 1], new[] { 1, 2 }.Select(epoch => method.EndEpoch(epoch, 2, w, () => 0).Rho));
        Assert.Equal([0, -4, 2], Gradient(method, w));
        var resumed = new PenaltyMethod(0.5, 2);
        resumed.Begin(WeightVectors.Unstructured(w, 1), w);
        resumed.Numbers = method.Numbers;
        Assert.Equal([0, -4, 2], Gradient(resumed, w));
    }

    private static float[] Gradient(IPruningMethod method, WeightVector w)
    {
        WeightVector gradient = w.Zeros();
        method.AddGradient(w, gradient);
        return gradient.Layers[0][0];
    }

    private static PruningIteration Descend(AdmmMethod method, WeightVector w, float[] a, int epochs)
    {
        PruningIteration? row = null;
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            for (int step = 0; step < 2000; step++)
            {
                float[] gradient = Gradient(method, w);
                for (int i = 0; i < a.Length; i++)
                {
                    w.Layers[0][0][i] -= 0.01f * (w.Layers[0][0][i] - a[i] + gradient[i]);
                }
            }

            row = method.EndEpoch(epoch, epochs, w, () => 0);
        }

        return row!;
    }
}
