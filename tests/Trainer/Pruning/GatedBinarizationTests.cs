using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning;

public class GatedBinarizationTests
{
    [Theory]
    [InlineData(PruningStructure.Kernel)]
    [InlineData(PruningStructure.Column)]
    [InlineData(PruningStructure.Unstructured)]
    [InlineData(PruningStructure.Filter)]
    [InlineData(PruningStructure.Channel)]
    public void Gradient_through_the_gate_is_that_of_fading_a_whole_group(PruningStructure structure)
    {
        // Scaling a group leaves its signs, so only the gate moves. Hardtanh instead of sign makes the loss differentiable.
        using var net = new ComplexNet<float>(SmallNetworks.Shape(), 32, ActivationKind.Hardtanh);
        WeightStart.Draw(net, 5);
        IReadOnlyList<GroupSet> sets = Grouping.Of(net.Shape, structure);
        foreach (GroupSet set in sets)
        {
            Scale(net, set, 1, 0.3f);
        }

        var gated = new GatedBinarization(net, structure, sets);
        using FeatureBatch<float> input = Input(net);
        for (int s = 0; s < sets.Count; s++)
        {
            Assert.InRange(gated.Gates[s][1], 0.01, 0.99);
            float[][] plain = Gradients(net, input, null);
            float[][] full = Gradients(net, input, gated);
            double slope = Sum(net, sets[s], 1, (layer, part, i) => (full[Index(net, layer, part)][i] - (plain[Index(net, layer, part)][i] * net.Prunable[layer].Gate[i])) * net.Prunable[layer].Parts[part][i]);
            const float Step = 0.02f;
            double up = Loss(net, sets[s], gated, input, 1 + Step), down = Loss(net, sets[s], gated, input, 1 - Step);
            double expected = (up - down) / (2 * Step);
            Assert.True(Math.Abs(slope - expected) < 0.02 + (0.1 * Math.Abs(expected)), $"{structure} {sets[s].Name}: {slope} against {expected}");
            Assert.NotEqual(0, slope);
        }
    }

    /// <summary>dW = gate g + (sum over the group of g sign(W)) W / (||W_g|| tau) below tau, gate g = g above; g as a backward pass leaves it.</summary>
    [Theory]
    [InlineData(PruningStructure.Kernel)]
    [InlineData(PruningStructure.Column)]
    [InlineData(PruningStructure.Unstructured)]
    public void Gradients_of_latent_weights_follow_the_formula(PruningStructure structure)
    {
        using var net = new ComplexNet<float>(SmallNetworks.Shape(), 32);
        (GroupSet set, GatedBinarization gated) = Faded(net, structure);
        PrunableWeights layer = net.Prunable[set.Members[0].Layer];
        float[][] g = Backward(layer);
        double[] norms = Norms(net, set);
        double tau = norms.Order().ElementAt((set.Count - 1) / 2) / 2;

        gated.Apply();

        Assert.InRange(gated.Gates[0][1], 0.01, 0.99);
        Assert.Equal(1, gated.Gates[0][2]);
        for (int i = 0; i < layer.Gate.Length; i++)
        {
            int group = set.Members[0].Group[i];
            bool fades = norms[group] < tau;
            double through = Sum(net, set, group, (_, part, at) => g[part][at] * (layer.Parts[part][at] >= 0 ? 1 : -1));
            for (int part = 0; part < 2; part++)
            {
                double expected = ((fades ? norms[group] / tau : 1) * g[part][i]) + (fades ? through * layer.Parts[part][i] / (norms[group] * tau) : 0);
                Assert.InRange(layer.Gradients[part][i] - expected, -1e-5 * (1 + Math.Abs(expected)), 1e-5 * (1 + Math.Abs(expected)));
            }
        }
    }

    /// <summary>dW = g + (dL/dmask) W / (||W_g|| tau) below tau, g above: the gate is the channel's mask, of the layer itself or of the one it reads.</summary>
    [Theory]
    [InlineData(PruningStructure.Filter)]
    [InlineData(PruningStructure.Channel)]
    public void Gradients_through_gates_of_channels_follow_the_formula(PruningStructure structure)
    {
        using var net = new ComplexNet<float>(SmallNetworks.Shape(), 32);
        (GroupSet set, GatedBinarization gated) = Faded(net, structure);
        PrunableWeights gate = Assert.Single(net.Prunable, layer => layer.MaskGradient is not null);
        SeededValues.Fill<float>(6, gate.MaskGradient!);
        PrunableWeights layer = net.Prunable[Assert.Single(set.Members).Layer];
        Assert.Equal(structure == PruningStructure.Filter, ReferenceEquals(gate, layer));
        float[][] g = Backward(layer);
        double[] norms = Norms(net, set);
        double tau = norms.Order().ElementAt((set.Count - 1) / 2) / 2;

        gated.Apply();

        Assert.InRange(gate.ChannelMask[1], 0.01, 0.99);
        Assert.Equal(1, gate.ChannelMask[2]);
        for (int i = 0; i < layer.Gate.Length; i++)
        {
            int group = set.Members[0].Group[i];
            for (int part = 0; part < 2; part++)
            {
                double expected = g[part][i] + (norms[group] < tau ? gate.MaskGradient![group] * layer.Parts[part][i] / (norms[group] * tau) : 0);
                Assert.InRange(layer.Gradients[part][i] - expected, -1e-5 * (1 + Math.Abs(expected)), 1e-5 * (1 + Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Groups_above_the_threshold_have_gate_1_and_the_plain_straight_through_gradient()
    {
        using var net = new ComplexNet<float>(SmallNetworks.Shape(), 32, ActivationKind.Hardtanh);
        WeightStart.Draw(net, 5);
        IReadOnlyList<GroupSet> sets = Grouping.Of(net.Shape, PruningStructure.Column);
        var gated = new GatedBinarization(net, PruningStructure.Column, sets);
        Assert.All(gated.Gates, gates => Assert.All(gates, gate => Assert.Equal(1, gate)));
        using FeatureBatch<float> input = Input(net);
        Assert.Equal(Gradients(net, input, null), Gradients(net, input, gated));
    }

    /// <summary>Sets that lose nothing too: half of the kernels of one layer go, all of the others stay, and some have faded.</summary>
    [Fact]
    public void Behind_the_hard_prune_every_gate_is_0_or_1()
    {
        using var net = new ComplexNet<float>(SmallNetworks.Shape(), 32);
        WeightStart.Draw(net, 5);
        IReadOnlyList<GroupSet> sets = Grouping.Of(net.Shape, PruningStructure.Kernel);
        foreach (GroupSet set in sets)
        {
            Scale(net, set, 1, 0.3f);
        }

        var gated = new GatedBinarization(net, PruningStructure.Kernel, sets);
        Assert.All(gated.Gates, gates => Assert.InRange(gates[1], 0.01, 0.99));
        var problem = new PruningProblem(sets, [sets[0].Count / 2, .. sets.Skip(1).Select(set => set.Count)]);
        gated.Release();
        HardPrune.Apply(net, PruningStructure.Kernel, problem, problem.Largest(WeightVector.Of(net)));
        Assert.All(net.Prunable.Skip(1), layer => Assert.All(layer.Gate, gate => Assert.Equal(1, gate)));
        Assert.Equal([0, 1], net.Prunable[0].Gate.Distinct().Order());
    }

    [Fact]
    public void A_group_of_zeros_contributes_nothing()
    {
        using var net = new ComplexNet<float>(SmallNetworks.Shape(), 32);
        WeightStart.Draw(net, 5);
        IReadOnlyList<GroupSet> sets = Grouping.Of(net.Shape, PruningStructure.Filter);
        Scale(net, sets[0], 3, 0);
        var gated = new GatedBinarization(net, PruningStructure.Filter, sets);
        using FeatureBatch<float> input = Input(net);
        net.Forward(input, false, new WorkSplit(1));
        Assert.Equal(0, gated.Gates[0][3]);
        for (int p = 0; p < net.Map(0).Shape.Pixels; p++)
        {
            Assert.Equal(0, net.Map(0).Values[(p * net.Map(0).Lanes) + 3]);
        }
    }

    // The second set of a structure, its group 1 below the threshold and its group 2 far above.
    private static (GroupSet Set, GatedBinarization Gated) Faded(ComplexNet<float> net, PruningStructure structure)
    {
        WeightStart.Draw(net, 5);
        GroupSet set = Grouping.Of(net.Shape, structure)[1];
        Scale(net, set, 1, 0.3f);
        Scale(net, set, 2, 10);
        return (set, new(net, structure, [set]));
    }

    // Gradients as a backward pass leaves them, and a copy.
    private static float[][] Backward(PrunableWeights layer)
    {
        SeededValues.Fill<float>(7, layer.Gradients[0]);
        SeededValues.Fill<float>(8, layer.Gradients[1]);
        return [.. layer.Gradients.Select(part => (float[])part.Clone())];
    }

    private static FeatureBatch<float> Input(ComplexNet<float> net)
    {
        var frames = new FrameStore(new PatternFrames(32, 1, net.Shape.Input.Height, net.Shape.Input.Width), 1);
        var input = new FeatureBatch<float>(32, net.Shape.Input);
        frames.Load([.. Enumerable.Range(0, 32)], input, new int[32]);
        return input;
    }

    private static int[] Labels => [.. Enumerable.Range(0, 32).Select(i => i % 3)];

    private static float[][] Gradients(ComplexNet<float> net, FeatureBatch<float> input, GatedBinarization? gated)
    {
        var work = new WorkSplit(1);
        var dlogits = new float[32 * 3];
        SoftmaxLoss.Evaluate(net.Forward(input, true, work), Labels, 3, dlogits);
        net.Backward(input, dlogits, work);
        gated?.Apply();
        return [.. net.Prunable.SelectMany(layer => layer.Gradients.Select(g => (float[])g.Clone()))];
    }

    private static double Loss(ComplexNet<float> net, GroupSet set, GatedBinarization gated, FeatureBatch<float> input, float factor)
    {
        Scale(net, set, 1, factor);
        gated.Update();
        double loss = SoftmaxLoss.Evaluate(net.Forward(input, true, new WorkSplit(1)), Labels, 3, new float[32 * 3]).LossSum / 32;
        Scale(net, set, 1, 1 / factor);
        gated.Update();
        return loss;
    }

    private static double[] Norms(ComplexNet<float> net, GroupSet set) => [.. set.SquaredNorms(WeightVector.Of(net)).Select(Math.Sqrt)];

    private static int Index(ComplexNet<float> net, int layer, int part) => (layer * net.Prunable[layer].Parts.Length) + part;

    private static void Scale(ComplexNet<float> net, GroupSet set, int group, float factor) => Sum(net, set, group, (layer, part, i) => net.Prunable[layer].Parts[part][i] *= factor);

    private static double Sum(ComplexNet<float> net, GroupSet set, int group, Func<int, int, int, double> value)
    {
        double sum = 0;
        foreach (GroupMember member in set.Members)
        {
            for (int i = 0; i < member.Group.Length; i++)
            {
                for (int part = 0; part < 2 && member.Group[i] == group; part++)
                {
                    sum += value(member.Layer, part, i);
                }
            }
        }

        return sum;
    }
}
