using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Structures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning.Structures;

public class ProjectionTests
{
    public static TheoryData<PruningStructure, bool> Structures
    {
        get
        {
            var data = new TheoryData<PruningStructure, bool>();
            foreach (PruningStructure structure in Enum.GetValues<PruningStructure>())
            {
                data.Add(structure, false);
                data.Add(structure, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Projection_is_idempotent_keeps_the_exact_count_and_changes_nothing_else(PruningStructure structure, bool residual)
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            (PruningProblem problem, WeightVector v) = Problem(structure, residual, seed);
            WeightVector z = problem.Project(v);
            Assert.Equal(WeightVectors.Flat(z), WeightVectors.Flat(problem.Project(z)));
            Assert.All(WeightVectors.Flat(z).Zip(WeightVectors.Flat(v)), pair => Assert.True(pair.First == 0 || pair.First == pair.Second));
            for (int s = 0; s < problem.Sets.Count; s++)
            {
                Assert.Equal(problem.Kept[s], problem.Sets[s].SquaredNorms(z).Count(norm => norm > 0));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void What_no_group_holds_is_never_touched(PruningStructure structure, bool residual)
    {
        (PruningProblem problem, WeightVector v) = Problem(structure, residual, 3);
        WeightVector z = problem.Project(v);
        var touched = problem.Sets.SelectMany(set => set.Members).Select(member => member.Layer).ToHashSet();
        Assert.Equal(structure is PruningStructure.Column or PruningStructure.Channel, !touched.Contains(0));
        for (int i = 0; i < v.Layers.Count; i++)
        {
            Assert.True(touched.Contains(i) || v.Layers[i].Zip(z.Layers[i]).All(part => part.First.AsSpan().SequenceEqual(part.Second)), $"layer {i}");
        }
    }

    [Fact]
    public void Of_equal_groups_the_lower_index_stays()
    {
        var v = new WeightVector([[[1, -1, 1, 2, -1]]]);
        Assert.Equal([0, 1, 3], WeightVectors.Unstructured(v, 3).Largest(v)[0]);
    }

    [Fact]
    public void A_group_counts_real_and_imaginary_parts_together()
    {
        var v = new WeightVector([[[3, 0, 2, 4], [0, 3.5f, 3, 0.5f]]]);
        Assert.Equal([2, 3], WeightVectors.Unstructured(v, 2).Largest(v)[0]); // 9, 12.25, 13, 16.25
    }

    [Theory]
    [InlineData(PruningStructure.Unstructured, false)]
    [InlineData(PruningStructure.Column, false)]
    [InlineData(PruningStructure.Channel, false)]
    [InlineData(PruningStructure.Filter, false)]
    [InlineData(PruningStructure.Kernel, false)]
    [InlineData(PruningStructure.Block, false)]
    [InlineData(PruningStructure.Channel, true)]
    [InlineData(PruningStructure.Filter, true)]
    public void No_other_choice_of_groups_is_nearer(PruningStructure structure, bool tied)
    {
        NetShape shape = Tiny(tied);
        IReadOnlyList<GroupSet> sets = Grouping.Of(shape, structure, (2, 3));
        Assert.Equal(tied, sets.Any(set => set.Members.Count > 1));
        for (int seed = 1; seed <= 20; seed++)
        {
            WeightVector v = WeightVectors.Random(seed, 2, [.. shape.Layers.Select(layer => (int)layer.Weights)]);
            foreach (GroupSet set in sets)
            {
                for (int kept = 1; kept < set.Count; kept++)
                {
                    var problem = new PruningProblem([set], [kept]);
                    double ours = WeightVector.SquaredDistance(v, problem.Project(v));
                    double best = Enumerable.Range(0, 1 << set.Count).Where(bits => int.PopCount(bits) == kept).Min(bits => Lost(set, v, bits));
                    Assert.Equal(best, ours, 9);
                }
            }
        }
    }

    [Fact]
    public void Layers_that_are_added_share_their_filters_and_readers_of_one_map_share_its_channels()
    {
        NetShape shape = SmallNetworks.Residual();
        int[] ties = shape.Ties();
        IReadOnlyList<GroupSet> filters = Grouping.Of(shape, PruningStructure.Filter);
        Assert.Equal(ties.Distinct().Count(), filters.Count);
        Assert.All(filters, set => Assert.Equal(
            Enumerable.Range(0, ties.Length).Where(i => $"conv{ties[i] + 1}" == set.Name), set.Members.Select(member => member.Layer)));
        Assert.All(Grouping.Of(shape, PruningStructure.Channel), set => Assert.All(set.Members, member => Assert.Equal(set.Name, $"conv{ties[shape.Links[member.Layer].Source] + 1}")));
    }

    // Small enough for every subset: 1x2 kernels, 2 -> 3 -> 2 channels; or an add, which ties the three filters of two layers and their readers' channels.
    private static NetShape Tiny(bool tied)
    {
        var first = new ConvolutionShape(new(2, 3, 2), 3, 1, 2, 1, 1, 0, 0, 1);
        if (!tied)
        {
            return new NetShape(first.Input, 2, [first, first with { Input = first.Output, OutputChannels = 2 }], 2);
        }

        ConvolutionShape Pointwise(MapShape input, int channels) => new(input, channels, 1, 1, 1, 1, 0, 0, 1);
        ConvolutionShape inner = Pointwise(first.Output, 4), last = Pointwise(inner.Output, 3), reader = Pointwise(last.Output, 2);
        return new NetShape(first.Input, 2, [first, inner, last, reader], 2) { Links = [new(LayerLink.Frame, true), new(0), new(1, true, 0), new(2)] };
    }

    private static (PruningProblem Problem, WeightVector Weights) Problem(PruningStructure structure, bool residual, int seed)
    {
        NetShape shape = residual ? SmallNetworks.Residual() : SmallNetworks.Shape();
        IReadOnlyList<GroupSet> sets = Grouping.Of(shape, structure, (4, 8));
        var problem = new PruningProblem(sets, [.. sets.Select(set => Math.Max(1, set.Count / 3))]);
        return (problem, WeightVectors.Random(seed, 2, [.. shape.Layers.Select(layer => (int)layer.Weights)]));
    }

    private static double Lost(GroupSet set, WeightVector v, int bits) => set.SquaredNorms(v).Index().Where(pair => ((bits >> pair.Index) & 1) == 0).Sum(pair => pair.Item);
}
