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
            foreach (PrunableWeights layer in net.Prunable)
            {
                layer.Parts[0].AsSpan().Fill(0.25f);
                layer.Gradients[0].AsSpan().Clear();
            }

            target.AddGradient(net);
            Assert.Equal(first, net.Prunable[0].Gradients[0].Any(g => g != 0));
            Assert.Contains(net.Prunable[1].Gradients[0], g => g != 0);
            target.EndEpoch(1, 3, 1, () => 1);
            Assert.InRange(Assert.Single(target.Iterations).Violation, 1e-6, 1);
        }
    }
}
