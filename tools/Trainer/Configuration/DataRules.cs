using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Data.Captures;

namespace BcnnSim.Trainer.Configuration;

/// <summary>What the data section must say for radio bursts and for images.</summary>
internal static class DataRules
{
    public const string Bursts = "iq-11";
    private const string CropFlip = "crop-flip";

    public static void Check(DataSettings data, RuleCheck rule)
    {
        string sets = $"must be {string.Join(", ", ImageSets.Names)}, {string.Join(", ", CaptureFiles.Names)} or {Bursts}";
        rule(data.Set == Bursts || data.IsImages || data.IsCaptures, "data.set", data.Set, sets, "iq-11 is embedded, nothing to install");
        if (data.IsImages)
        {
            CheckImages(data, rule);
        }
        else if (data.Set == Bursts)
        {
            CheckBursts(data, rule);
        }
        else if (data.IsCaptures)
        {
            CaptureRules.Check(data, rule);
        }

        if (!data.IsCaptures)
        {
            rule(data.Files is null, "data.files", "a list", "must be null: only recordings are listed", "Write null or leave it out");
            rule(data.Type is null, "data.type", data.Type, "must be null: only raw-iq has a type", "Write null or leave it out");
            rule(data.Rate is null, "data.rate", data.Rate, "must be null: only recordings have a rate", "Write null or leave it out");
        }
    }

    private static void CheckImages(DataSettings data, RuleCheck rule)
    {
        rule(ImageSets.Transforms.Contains(data.Transform), "data.transform", data.Transform, $"must be {string.Join(" or ", ImageSets.Transforms)} for images", "zero-imaginary is the plain baseline");
        rule(data.Channel is null, "data.channel", data.Channel, "must be null for images", "Only radio bursts have a channel");
        rule(data.Samples is null, "data.samples", data.Samples, "must be null for images", "Only radio bursts have samples");
        rule(data.Classes is null, "data.classes", "a list", "must be null for images: all classes are used", "Write null");
        rule(data.Folder is not null || data.Set == FashionMnist.Name, "data.folder", null, $"must name the folder of the {data.Set} files", "Only Fashion-MNIST has a package with a place of its own");
        rule(data.Augmentation is null or CropFlip, "data.augmentation", data.Augmentation, $"must be null or {CropFlip}", "Write null for none");
    }

    private static void CheckBursts(DataSettings data, RuleCheck rule)
    {
        BurstSetRules.Check(data, rule);
        rule(data.Folder is null, "data.folder", data.Folder, "must be null for radio bursts: they are generated", "Write null or leave it out");
        rule(data.Augmentation is null, "data.augmentation", data.Augmentation, "must be null for radio bursts: every burst is drawn anew", "Write null or leave it out");
    }
}
