using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Tests.Pruning.Structures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning.Methods;

public class ReweightedMethodTests
{
    // Two groups of two complex weights: norms 5 and 1.
    private static WeightVector Weights() => new([[[3, 0, 0, 0.6f], [4, 0, 0, 0.8f]]]);

    private static PruningProblem Problem(int kept = 1) => new([new("conv1", 2, [new(0, [0, 0, 1, 1])])], [kept]);

    [Fact]
    public void Gradient_is_lambda_P_times_the_unit_vector_with_P_from_the_pretrained_weights()
    {
        WeightVector w = Weights();
        var method = new ReweightedMethod(new(0.01));
        method.Begin(Problem(), w);
        Assert.Equal([1 / 5.001, 1 / 1.001], method.Factors[0].Select(p => Math.Round(p, 12)), (a, b) => Math.Abs(a - b) < 1e-6);
        WeightVector g = w.Zeros();
        method.AddGradient(w, g);
        Assert.Equal(0.01 / 5.001 * 0.6, g.Layers[0][0][0], 6);
        Assert.Equal(0.01 / 1.001 * 0.8, g.Layers[0][1][3], 6);
        Assert.Equal(0, g.Layers[0][0][1]);
    }

    [Fact]
    public void Squared_penalty_pulls_by_the_weight_itself()
    {
        WeightVector w = Weights();
        var method = new ReweightedMethod(new(0.01) { Squared = true });
        method.Begin(Problem(), w);
        WeightVector g = w.Zeros();
        method.AddGradient(w, g);
        Assert.Equal(0.01 / 25.001 * 2 * 3, g.Layers[0][0][0], 6);
    }

    [Fact]
    public void P_is_computed_again_at_20_40_60_and_80_percent_and_constant_in_between()
    {
        WeightVector w = Weights();
        var method = new ReweightedMethod(new(0.01) { Bounded = false });
        method.Begin(Problem(), w);
        var changed = new List<int>();
        for (int epoch = 1; epoch <= 20; epoch++)
        {
            w.Scale(0.9);
            double before = method.Factors[0][0];
            method.EndEpoch(epoch, 20, w, () => 0);
            if (method.Factors[0][0] != before)
            {
                changed.Add(epoch);
            }
        }

        Assert.Equal([4, 8, 12, 16], changed);
    }

    [Fact]
    public void Static_group_lasso_never_changes_P()
    {
        WeightVector w = Weights();
        var method = new ReweightedMethod(new(0.01) { Reweighted = false, Bounded = false });
        method.Begin(Problem(), w);
        w.Scale(0.5);
        method.EndEpoch(4, 20, w, () => 0);
        Assert.Equal([1, 1], method.Factors[0]);
        Assert.Equal("group-lasso", method.Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bounded_groups_that_stay_are_left_alone_once_the_others_are_small(bool bounded)
    {
        WeightVector w = Weights();
        var method = new ReweightedMethod(new(0.01) { Bounded = bounded });
        method.Begin(Problem(), w);
        (w.Layers[0][0][3], w.Layers[0][1][3]) = (0.004f, 0.004f); // 0.0057 < 1 % of the lower median 1
        method.EndEpoch(3, 20, w, () => 0);
        Assert.Equal(bounded ? 0 : 1 / 5.001, method.Factors[0][0], 6);
        Assert.Equal(1 / 1.001, method.Factors[0][1], 6);
        method.EndEpoch(4, 20, w, () => 0);
        Assert.Equal(bounded, method.Factors[0][0] == 0); // also behind the next computation of P
        Assert.True(method.Factors[0][1] > 100);
    }

    [Fact]
    public void L1_pulls_every_part_by_its_sign()
    {
        WeightVector w = Weights();
        var method = new LassoMethod(0.25);
        method.Begin(Problem(), w);
        WeightVector g = w.Zeros();
        method.AddGradient(w, g);
        Assert.Equal([0.25f, 0, 0, 0.25f], g.Layers[0][0]);
    }

    [Fact]
    public void A_resumed_method_has_the_same_P()
    {
        WeightVector w = Weights();
        var method = new ReweightedMethod(new(0.01));
        method.Begin(Problem(), w);
        w.Scale(0.3);
        method.EndEpoch(4, 20, w, () => 0);
        var other = new ReweightedMethod(new(0.01));
        other.Begin(Problem(), w);
        other.Numbers = method.Numbers;
        Assert.Equal(method.Factors[0], other.Factors[0]);
        Assert.Equal(method.Numbers, other.Numbers);
    }
}
