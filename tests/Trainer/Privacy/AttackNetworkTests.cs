using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Privacy;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

/// <summary>Gradients of the attacker by finite differences in double precision.</summary>
public class AttackNetworkTests
{
    private const int Classes = 4;
    private const double Step = 1e-6;
    private static readonly int[] Labels = [0, 3, 1];
    private static readonly double[] Weights = [0.3, -1, 0.7];

    [Fact]
    public void Gradients_of_logits_and_weights_are_those_of_finite_differences()
    {
        AttackNetwork<double> network = Awake();
        double[] logits = new double[Labels.Length * Classes];
        SeededValues.Fill<double>(5, logits, -3, 3);
        _ = network.Forward(logits, Labels);
        double[] found = network.Backward(Weights);
        for (int i = 0; i < logits.Length; i++)
        {
            Near(Slope(() => Loss(network, logits), logits, i), found[i], $"logit {i}");
        }

        foreach (Parameter<double> parameter in network.Parameters())
        {
            for (int i = 0; i < parameter.Value.Length; i += Math.Max(1, parameter.Value.Length / 7))
            {
                Near(Slope(() => Loss(network, logits), parameter.Value, i), parameter.Gradient[i], $"{parameter.Name}[{i}]");
            }
        }
    }

    [Fact]
    public void The_label_decides_with_the_logits()
    {
        AttackNetwork<double> network = Awake();
        double[] logits = [1, 2, 3, 4];
        Assert.NotEqual(network.Forward(logits, [0]), network.Forward(logits, [1]));
        Assert.NotEqual(network.Forward(logits, [0]), network.Forward([4, 3, 2, 1], [0]));
    }

    [Fact]
    public void Weights_start_normal_with_the_spread_of_He_and_no_bias()
    {
        Parameter<double> widest = new AttackNetwork<double>(10, 1, "test").Parameters().MaxBy(parameter => parameter.Value.Length)!;
        double spread = Math.Sqrt(2.0 / 1024);
        Assert.InRange(Math.Sqrt(widest.Value.Average(w => w * w)), 0.99 * spread, 1.01 * spread);
        Assert.InRange(widest.Value.Count(w => Math.Abs(w) < spread) / (double)widest.Value.Length, 0.675, 0.69); // 68.3 % within one
        Assert.All(new AttackNetwork<double>(10, 1, "test").Parameters().Where(parameter => parameter.Name.EndsWith("bias", StringComparison.Ordinal)), bias => Assert.All(bias.Value, b => Assert.Equal(0, b)));
    }

    // With the published start a gradient through seven layers is too small to measure.
    private static AttackNetwork<double> Awake()
    {
        var network = new AttackNetwork<double>(Classes, 2, "test");
        int seed = 1;
        foreach (Parameter<double> parameter in network.Parameters())
        {
            double bound = parameter.Name.EndsWith("bias", StringComparison.Ordinal) ? 0.1 : Math.Sqrt(6.0 / Math.Sqrt(parameter.Value.Length));
            SeededValues.Fill<double>(seed++, parameter.Value, -bound / 2, bound / 2);
        }

        return network;
    }

    private static double Loss(AttackNetwork<double> network, double[] logits) => network.Forward(logits, Labels).Zip(Weights).Sum(pair => pair.First * pair.Second);

    private static double Slope(Func<double> loss, double[] values, int i)
    {
        double kept = values[i];
        values[i] = kept + Step;
        double up = loss();
        values[i] = kept - Step;
        double down = loss();
        values[i] = kept;
        return (up - down) / (2 * Step);
    }

    private static void Near(double expected, double found, string place) =>
        Assert.True(Math.Abs(expected - found) <= 1e-5 * Math.Max(1, Math.Abs(expected)), $"{place}: {found}, by differences {expected}");
}
