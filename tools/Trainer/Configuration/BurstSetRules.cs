using BcnnSim.Trainer.Data;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Rules of data.* for the embedded burst set.</summary>
internal static class BurstSetRules
{
    public static void Check(DataSettings data, RuleCheck rule)
    {
        IReadOnlyList<string> channels = ChannelPresets.Names, modulations = [.. ModulationNames.All.Select(ModulationNames.Of)];
        rule(data.Channel is { } channel && channels.Contains(channel), "data.channel", data.Channel, $"must be one of {string.Join(", ", channels)}", "Name a channel");
        rule(BurstTransforms.Names.Contains(data.Transform), "data.transform", data.Transform, $"must be one of {string.Join(", ", BurstTransforms.Names)}", "Name a transform");
        rule(data.Samples is 128 or 256 or 512 or 1024, "data.samples", data.Samples, "must be 128, 256, 512 or 1024", "1024 is usual");
        IReadOnlyList<string> classes = data.Classes ?? modulations;
        rule(classes.Count > 0, "data.classes", "empty list", "must name at least one modulation", "Name some, or null for all");
        for (int i = 0; i < classes.Count; i++)
        {
            rule(modulations.Contains(classes[i]), $"data.classes[{i}]", classes[i], $"must be one of {string.Join(", ", modulations)}", "Name a modulation");
            rule(!classes.Take(i).Contains(classes[i]), $"data.classes[{i}]", classes[i], "must not be named twice", "Remove one of the two");
        }

        int cells = Math.Max(1, classes.Count * new BurstSetDesign().SnrsDb.Count);
        foreach ((string split, int count) in new[] { ("train", data.Train), ("validation", data.Validation), ("test", data.Test) })
        {
            rule(count % cells == 0, $"data.{split}", count, $"must be a multiple of classes x SNRs = {cells}", "Choose a multiple, so that labels and SNRs stay balanced", "data.classes");
        }
    }
}
