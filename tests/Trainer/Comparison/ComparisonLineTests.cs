using BcnnSim.Trainer.Comparison;
using BcnnSim.Trainer.Pruning.Structures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Comparison;

public class ComparisonLineTests
{
    [Fact]
    public void Contenders_are_paired_by_seed_and_the_reference_is_no_hypothesis()
    {
        ComparisonRow[] rows =
        [
            Row("base", 1, 0.50, 0.80), Row("base", 2, 0.60, 0.82), Row("base", 3, 0.55, 0.81),
            Row("good", 3, 0.67, 0.83), Row("good", 1, 0.60, 0.82), Row("good", 2, 0.71, 0.84), Row("good", 4, 0.99, 0.99),
        ];
        IReadOnlyList<ComparisonLine> lines = ComparisonLine.Of(rows, "base");
        ComparisonLine good = Assert.Single(lines, line => line.Label == "good");
        Assert.Equal((3, 0.11), (good.HardPrune.Pairs, Math.Round(good.HardPrune.Mean, 12))); // seed 4 has no partner
        Assert.Equal(good.HardPrune.P, good.HardPruneP); // the only hypothesis: Holm leaves it
        Assert.Equal(0.02, good.Final.Mean, 12);
        ComparisonLine reference = Assert.Single(lines, line => line.Label == "base");
        Assert.Equal((0, double.NaN), (reference.HardPrune.Mean, reference.HardPruneP));
    }

    /// <summary>What new weights know before their first epoch is no result: it takes no part in the correction of those that are.</summary>
    [Fact]
    public void A_network_from_new_weights_has_no_hard_prune()
    {
        ComparisonRow[] rows =
        [
            Row("base", 1, 0.50, 0.80), Row("base", 2, 0.60, 0.82), Row("good", 1, 0.60, 0.82), Row("good", 2, 0.71, 0.85),
            Row("scratch", 1, 0.1, 0.79), Row("scratch", 2, 0.12, 0.8),
        ];
        IReadOnlyList<ComparisonLine> lines = ComparisonLine.Of(rows, "base", "scratch");
        ComparisonLine good = lines[1], scratch = lines[2];
        Assert.Equal((0, double.NaN), (scratch.HardPrune.Pairs, scratch.HardPruneP));
        Assert.Equal(good.HardPrune.P, good.HardPruneP); // one hypothesis
        Assert.Equal(2, scratch.Final.Pairs);
        Assert.False(double.IsNaN(scratch.FinalP));
        Assert.Equal([0, 0, 2], new[] { good.HardPruneAgainst(scratch), scratch.HardPruneAgainst(good), good.HardPruneAgainst(lines[0]) }.Select(difference => difference.Pairs));
        Assert.All(ComparisonLine.Of(rows, "scratch", "scratch"), line => Assert.Equal(0, line.HardPrune.Pairs));
    }

    [Fact]
    public void What_shares_fewer_than_two_seeds_with_the_reference_is_no_hypothesis()
    {
        ComparisonRow[] rows =
        [
            Row("base", 1, 0.50, 0.80), Row("base", 2, 0.60, 0.82), Row("base", 3, 0.55, 0.81), Row("good", 1, 0.60, 0.82), Row("good", 2, 0.71, 0.84), Row("good", 3, 0.67, 0.84),
            Row("once", 1, 0.3, 0.3), At40(Row("good", 1, 0.5, 0.5)), At40(Row("good", 2, 0.5, 0.6)),
        ];
        IReadOnlyList<ComparisonLine> lines = ComparisonLine.Of(rows, "base");
        Assert.Equal(lines[1].Final.P, lines[1].FinalP); // the only one
        Assert.All(lines.Where(line => line.Label == "once" || line.Rate == 40), line => Assert.Equal(double.NaN, line.FinalP));
    }

    [Fact]
    public void Epochs_to_dense_are_none_where_the_hard_prune_is_there_already()
    {
        ComparisonRow row = Row("a", 1, 0.895, 0.9);
        Assert.Equal(0, ComparisonTables.EpochsToDense(row with { Retrain = [0.5, 0.5] }));
        Assert.Equal(2, ComparisonTables.EpochsToDense(row with { HardPrune = 0.5, Retrain = [0.5, 0.9] }));
        Assert.Equal(1, ComparisonTables.EpochsToDense(row with { Binarized = 0.4, Retrain = [0.89, 0.9] }));
        Assert.Null(ComparisonTables.EpochsToDense(row with { HardPrune = 0.5, Retrain = [0.5, 0.6] }));
        Assert.Equal([0.5, 0.6, null], new[] { 1, 2, 3 }.Select(epochs => (row with { Retrain = [0.5, 0.6] }).After(epochs)));
    }

    [Fact]
    public void Rows_that_ran_on_the_machine_speak_for_their_line()
    {
        ComparisonLine line = ComparisonLine.Of([Row("a", 1, 0.5, 0.5), Row("a", 2, 0.5, 0.5) with { FramesPerSecond = 100, Violation = 0.15 }, Row("a", 3, 0.5, 0.5) with { FramesPerSecond = 300, Violation = null }], "a")[0];
        Assert.Equal((200, 0.125), (line.FramesPerSecond, line.Violation));
    }

    [Fact]
    public void Any_two_contenders_of_one_structure_and_rate_are_paired_by_the_seeds_they_share()
    {
        IReadOnlyList<ComparisonLine> lines = ComparisonLine.Of(
            [Row("a", 1, 0.5, 0.80), Row("a", 2, 0.5, 0.84), Row("b", 2, 0.4, 0.81), Row("b", 1, 0.2, 0.79), Row("c", 3, 0.1, 0.1), At40(Row("a", 1, 0.5, 0.8))], "c");
        (ComparisonLine a, ComparisonLine b, ComparisonLine c, ComparisonLine other) = (lines[0], lines[1], lines[2], lines[3]);
        PairedDifference difference = a.Against(b, row => row.Final);
        Assert.Equal((2, 0.02), (difference.Pairs, Math.Round(difference.Mean, 12)));
        Assert.Equal(-difference.High, b.Against(a, row => row.Final).Low, 12);
        Assert.Equal(0, a.Against(c, row => row.Final).Pairs);
        Assert.True(a.IsBeside(b));
        Assert.False(a.IsBeside(other));
    }

    [Theory]
    [InlineData(0.19, false, 0)]
    [InlineData(0.21, false, 1)]
    [InlineData(null, true, 1)]
    public void Rows_that_did_not_converge_are_counted_in_their_line(double? violation, bool diverged, int marked) =>
        Assert.Equal(marked, ComparisonLine.Of([Row("base", 1, 0.5, 0.8), Row("base", 2, 0.5, 0.8) with { Violation = violation, Diverged = diverged }], "base")[0].NotConverged);

    /// <summary>What starts the retraining is behind signs: a float network is not set beside binary ones.</summary>
    [Fact]
    public void Hard_prunes_are_compared_behind_the_rounding_that_follows_them()
    {
        IReadOnlyList<ComparisonLine> lines = ComparisonLine.Of(
            [Row("joint", 1, 0.5, 0.8), Row("joint", 2, 0.6, 0.8), Row("after", 1, 0.7, 0.8) with { Binarized = 0.3 }, Row("after", 2, 0.7, 0.8) with { Binarized = 0.2 }], "joint");
        Assert.Equal(-0.3, lines[1].HardPrune.Mean, 12);
    }

    private static ComparisonRow At40(ComparisonRow row) => row with { Key = row.Key with { Rate = 40 } };

    private static ComparisonRow Row(string label, ulong seed, double hard, double test) => new()
    {
        Key = new(label, PruningStructure.Unstructured, 20, seed),
        Fingerprint = string.Empty,
        Rate = 20,
        LaneOperationRate = 1,
        Dense = 0.9,
        HardPrune = hard,
        Binarized = null,
        Retrain = [],
        Test = test,
        FramesPerSecond = null,
        Diverged = false,
        Violation = 0.1,
        Images = 1,
        CpuSeconds = 1,
    };
}
