using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Data.Captures;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Makes the frame sources a configuration names.</summary>
public static class DataSplits
{
    /// <summary>Input map and number of classes, from the checked configuration alone: nothing is generated or read.</summary>
    public static (MapShape Map, int Classes) Shape(DataSettings data) => data.IsImages
        ? (new MapShape(ImageFrameSource.Side, ImageFrameSource.Side, ImageFrameSource.ChannelsOf(data.Transform)), ImageSets.Classes)
        : (BurstTransforms.Default(data.Transform, data.Samples!.Value).Shape, data.Classes?.Count ?? ModulationNames.All.Count);

    /// <summary>Geometry before pruning, from the checked configuration alone.</summary>
    public static NetShape Shape(TrainerConfiguration configuration)
    {
        (MapShape map, int classes) = Shape(configuration.Data);
        return configuration.Shape(map, classes);
    }

    public static IFrameSource Source(DataSettings data, DataSplit split)
    {
        int Count(DataSplit part) => part switch { DataSplit.Train => data.Train, DataSplit.Validation => data.Validation, _ => data.Test };
        int count = Count(split);
        if (data.IsCaptures)
        {
            var set = new CaptureSet(new(data.Set, data.Folder!, data.Files, data.Type, data.Rate, data.Classes!), data.Samples!.Value);
            set.RequireEveryClass(Enum.GetValues<DataSplit>().Where(part => Count(part) > 0));
            return new CaptureFrameSource(set, split, count, data.Seed, new BurstGrid(BurstTransforms.Default(data.Transform, set.Samples), data.InputBits));
        }

        if (data.IsImages)
        {
            return new ImageFrameSource(ImageSets.Read(data.Set, data.Folder, split), split, count, data.Seed, data.Transform, data.InputBits);
        }

        var design = new BurstSetDesign
        {
            Set = data.Set,
            Seed = data.Seed,
            Channel = ChannelPresets.Named(data.Channel!),
            Samples = data.Samples!.Value,
            Modulations = data.Classes is null ? ModulationNames.All : [.. data.Classes.Select(Class)],
            TrainCount = data.Train,
            ValidationCount = data.Validation,
            TestCount = data.Test,
        };
        design.Check();
        return new BurstFrameSource(new RadioBurstGenerator(design), split, BurstTransforms.Default(data.Transform, design.Samples), data.InputBits);
    }

    private static Modulation Class(string name)
    {
        foreach (Modulation modulation in ModulationNames.All)
        {
            if (ModulationNames.Of(modulation) == name)
            {
                return modulation;
            }
        }

        throw new InputException("configuration", "data.classes", name, "must name modulations", "Use names such as QPSK");
    }
}
