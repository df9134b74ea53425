using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning;

public class PruningTargetTests
{
    /// <summary>Columns and channels leave layers on the frame alone; a penalty to where they stood would hold them there.</summary>
    [Theory]
    [InlineData(PruningStructure.Column, false)]
    [InlineData(PruningStructure.Channel, false)]
    [InlineData(PruningStructure.Kernel, true)]
    public void A_method_acts_on_the_layers_that_are_pruned_and_no_other(PruningStructure structure, bool first)
    {
        using var net = new ComplexNet<float>(SmallNetworks.Shape(), 2);
        WeightStart.Draw(net, 1);
        IReadOnlyList<GroupSet> sets = Grouping.Of(net.Shape, structure);
        foreach (IPruningMethod method in new IPruningMethod[] { new AdmmMethod(0.5, 10, 3), new PenaltyMethod(0.5), new SlrMethod(new SlrSettings { Rho = 0.5 }), new LassoMethod(0.1) })
        {
            var target = new PruningTarget(new(sets, [.. sets.Select(set => set.Count / 2)]), method);
            target.Begin(net);
            Move(net);
            target.AddGradient(net);
            Assert.Equal(first, net.Prunable[0].Gradients[0].Any(g => g != 0));
            Assert.Contains(net.Prunable[1].Gradients[0], g => g != 0);
            target.EndEpoch(1, 3, 1, () => 1);
            Assert.InRange(Assert.Single(target.Iterations).Violation, 1e-6, 1);
        }
    }

    /// <summary>As a rate of 1 for one layer leaves it, or a threshold on norms that all of its groups pass.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void A_set_that_keeps_all_of_its_groups_is_left_to_the_loss(MethodSettings method)
    {
        using var net = new ComplexNet<float>(SmallNetworks.Shape(), 2);
        WeightStart.Draw(net, 1);
        IReadOnlyList<GroupSet> sets = Grouping.Of(net.Shape, PruningStructure.Kernel);
        var problem = new PruningProblem(sets, [sets[0].Count, .. sets.Skip(1).Select(set => set.Count / 2)]);
        var target = new PruningTarget(problem, method.Create());
        target.Begin(net);
        Move(net);
        target.AddGradient(net);
        Assert.All(net.Prunable[0].Gradients, part => Assert.All(part, g => Assert.Equal(0, g)));
        Assert.Contains(net.Prunable[1].Gradients[0], g => g != 0);

        // The violation is that of the sets that lose, as if there were no other.
        target.EndEpoch(1, 3, 1, () => 1);
        var others = new PruningTarget(new([.. sets.Skip(1)], [.. problem.Kept.Skip(1)]), method.Create());
        WeightStart.Draw(net, 1);
        others.Begin(net);
        Move(net);
        others.EndEpoch(1, 3, 1, () => 1);
        Assert.Equal(Assert.Single(others.Iterations), Assert.Single(target.Iterations));
    }

    public static TheoryData<MethodSettings> Methods => [.. MethodRules.Names.Where(name => name != MethodRules.Magnitude).Select(name => new MethodSettings { Method = name })];

    [Fact]
    public void Where_nothing_is_lost_every_method_trains_on_the_loss_alone()
    {
        foreach (string name in MethodRules.Names)
        {
            using var net = new ComplexNet<float>(SmallNetworks.Shape(), 2);
            IReadOnlyList<GroupSet> sets = Grouping.Of(net.Shape, PruningStructure.Kernel);
            var target = new PruningTarget(new(sets, [.. sets.Select(set => set.Count)]), new MethodSettings { Method = name }.Create());
            target.Begin(net);
            Move(net);
            target.AddGradient(net);
            target.EndEpoch(1, 3, 1, () => 1);
            Assert.Equal(0, Assert.Single(target.Iterations).Violation);
            Assert.All(net.Prunable, layer => Assert.DoesNotContain(layer.Gradients[0], g => g != 0));
        }
    }

    private static void Move(ComplexNet<float> net)
    {
        foreach (PrunableWeights layer in net.Prunable)
        {
            layer.Parts[0].AsSpan().Fill(0.25f);
            layer.Gradients[0].AsSpan().Clear();
            layer.Gradients[1].AsSpan().Clear();
        }
    }
}
