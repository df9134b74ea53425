using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Privacy;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

public class PrivacyDataTests
{
    /// <summary>Every set holds the frames of its own indices: none stands in for another.</summary>
    [Fact]
    public void The_sets_are_those_of_the_split_over_the_pooled_parts()
    {
        (PrivacySettings settings, TrainerConfiguration training) = PrivacyFile.Read(CommittedFiles.Privacy);
        settings = settings with { Members = 300, Validation = 200 };
        PrivacyData data = PrivacyData.Load(settings, training, 2, default);
        IFrameSource[] parts = [.. new[] { DataSplit.Train, DataSplit.Validation, DataSplit.Test }.Select(split => DataSplits.Source(training.Data, split))];
        int[] labels = [.. parts.SelectMany(part => Enumerable.Range(0, part.Count).Select(part.Label))];
        Assert.Equal(70_000, labels.Length);
        var split = MembershipSplit.Of(70_000, 300, 200, 2);
        int[] Labels(int[] indices) => [.. indices.Select(i => labels[i])];
        Assert.Equal(Labels(split.Members), data.Own.Members.Labels);
        Assert.Equal(Labels(split.Reference), data.Own.Reference.Labels);
        Assert.Equal(Labels(split.NonMembers), data.NonMembers.Labels);
        Assert.Equal(Labels(split.Validation), data.Own.Validation.Labels);

        int[] asked = [.. split.Members, .. split.NonMembers];
        for (int model = 0; model < 2; model++)
        {
            bool[] inside = data.Half(model);
            Assert.Equal(split.Half(model), inside);
            Assert.Equal(Labels([.. asked.Where((_, i) => inside[i])]), data.Lira(model).Members.Labels);
            Assert.Same(data.Own.Reference, data.Lira(model).Reference);
            (TrainingSets sets, FrameStore others) = data.Shadow(model);
            (int[] members, int[] reference, int[] outside) = split.Shadow(model);
            Assert.Equal(Labels(members), sets.Members.Labels);
            Assert.Equal(Labels(reference), sets.Reference.Labels);
            Assert.Equal(Labels(outside), others.Labels);
        }

        Assert.Equal(5, new[] { data.Own, data.Lira(0), data.Lira(1), data.Shadow(0).Sets, data.Shadow(1).Sets }.Select(sets => sets.Description).Distinct().Count()); // no checkpoint is taken for another's
    }
}
