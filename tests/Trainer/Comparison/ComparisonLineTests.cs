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
        Assert.Equal((0, 1), (reference.HardPrune.Mean, reference.HardPruneP));
    }

    [Theory]
    [InlineData(0.19, false, false)]
    [InlineData(0.21, false, true)]
    [InlineData(null, true, true)]
    public void A_row_that_did_not_converge_marks_its_line(double? violation, bool diverged, bool marked) =>
        Assert.Equal(marked, ComparisonLine.Of([Row("base", 1, 0.5, 0.8), Row("base", 2, 0.5, 0.8) with { Violation = violation, Diverged = diverged }], "base")[0].NotConverged);

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
