using BcnnSim.Trainer.Data;

namespace BcnnSim.Trainer.Configuration;

/// <summary>What the data section must say for radio bursts and for images.</summary>
internal static class DataRules
{
    public const string Bursts = "iq-11";
    private const string CropFlip = "crop-flip";

    public static void Check(DataSettings data, Action<bool, string, object?, string, string> rule)
    {
        string sets = $"must be {string.Join(", ", ImageSets.Names)} or {Bursts}";
        rule(data.Set == Bursts || data.IsImages, "data.set", data.Set, sets, "iq-11 is embedded, nothing to install");
        if (data.IsImages)
        {
            CheckImages(data, rule);
        }
        else if (data.Set == Bursts)
        {
            CheckBursts(data, rule);
        }
    }

    private static void CheckImages(DataSettings data, Action<bool, string, object?, string, string> rule)
    {
        rule(ImageSets.Transforms.Contains(data.Transform), "data.transform", data.Transform, $"must be {string.Join(" or ", ImageSets.Transforms)} for images", "zero-imaginary is the plain baseline");
        rule(data.Channel is null, "data.channel", data.Channel, "must be null for images", "Only radio bursts have a channel");
        rule(data.Samples is null, "data.samples", data.Samples, "must be null for images", "Only radio bursts have samples");
        rule(data.Classes is null, "data.classes", "a list", "must be null for images: all classes are used", "Write null");
        rule(data.Folder is not null || data.Set == FashionMnist.Name, "data.folder", null, $"must name the folder of the {data.Set} files", "Only Fashion-MNIST has a package with a place of its own");
        rule(data.Augmentation is null or CropFlip, "data.augmentation", data.Augmentation, $"must be null or {CropFlip}", "Write null for none");
    }

    private static void CheckBursts(DataSettings data, Action<bool, string, object?, string, string> rule)
    {
        rule(BurstTransforms.Names.Contains(data.Transform), "data.transform", data.Transform, $"must be {string.Join(", ", BurstTransforms.Names)} for radio bursts", "lag is usual");
        rule(data.Channel is not null, "data.channel", null, "must name a channel preset for radio bursts", "2016-like is usual");
        rule(data.Samples is not null, "data.samples", null, "must be given for radio bursts", "1024 is usual");
        rule(data.Folder is null, "data.folder", data.Folder, "must be null for radio bursts: they are generated", "Write null or leave it out");
        rule(data.Augmentation is null, "data.augmentation", data.Augmentation, "must be null for radio bursts: every burst is drawn anew", "Write null or leave it out");
    }
}
