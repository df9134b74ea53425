using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Data.Captures;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Rules of data.* for the user's recordings; what is in the files is judged when they are read.</summary>
internal static class CaptureRules
{
    private const int LongestClass = 64;

    public static void Check(DataSettings data, RuleCheck rule)
    {
        bool raw = data.Set == CaptureFiles.Raw;
        rule(data.Channel is null, "data.channel", data.Channel, "must be null for recordings", "Only generated bursts have a channel");
        rule(BurstTransforms.Names.Contains(data.Transform), "data.transform", data.Transform, $"must be one of {string.Join(", ", BurstTransforms.Names)}", "Name a transform");
        rule(data.Samples is 128 or 256 or 512 or 1024, "data.samples", data.Samples, "must be 128, 256, 512 or 1024", "1024 is usual");
        rule(data.Augmentation is null, "data.augmentation", data.Augmentation, "must be null for recordings", "Write null or leave it out");
        rule(!string.IsNullOrEmpty(data.Folder), "data.folder", data.Folder, "must name the folder of the recordings", "Give it relative to where the command runs, or whole");
        rule(data.Files is null or { Count: > 0 }, "data.files", "empty list", "must name at least one recording", "Name some, or null for all");
        string types = string.Join(", ", SampleLayout.TypeNames);
        rule(raw == data.Type is not null, "data.type", data.Type, raw ? $"must be {types}" : "must be null: the files say it", raw ? "Nothing in a raw file says it" : "Write null or leave it out");
        if (raw && data.Type is { } type)
        {
            (string broken, string remedy) = SampleLayout.Refusal(type);
            rule(SampleLayout.Interleaved(type) is not null, "data.type", type, broken, remedy);
        }

        rule(!raw || data.Rate is not null, "data.rate", data.Rate, "must be given for raw-iq", "Nothing in a raw file says it");
        rule(data.Rate is null or > 0, "data.rate", data.Rate, "must be above 0", "Give samples per second");
        CheckClasses(data.Classes, rule);
    }

    private static void CheckClasses(IReadOnlyList<string>? classes, RuleCheck rule)
    {
        rule(classes is { Count: > 0 }, "data.classes", classes is null ? null : "empty list", "must name every label of the recordings", "List them in label order");
        for (int i = 0; i < classes?.Count; i++)
        {
            string name = classes[i];
            bool plain = name.Length is > 0 and <= LongestClass && name[0] != '.' && !name.Any(c => c is '/' or '\\' || char.IsControl(c));
            rule(plain, $"data.classes[{i}]", name, $"must be 1..{LongestClass} characters that can name a folder", "Rename the class");
            rule(!classes.Take(i).Contains(name), $"data.classes[{i}]", name, "must not be named twice", "Remove one of the two");
        }
    }
}
