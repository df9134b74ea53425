using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Networks;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Lanes of a named design in the place of numbers (training.md section 3): a network pruned on them fills its array.</summary>
internal static class DesignLanes
{
    /// <summary>The configuration with Po, and for blocks [Po, Pi], of the design it names; the file is read beside <paramref name="path"/>.</summary>
    public static TrainerConfiguration Take(TrainerConfiguration configuration, string path, ViolationList violations)
    {
        if (configuration.Pruning is not { Design: { } design } pruning)
        {
            return configuration;
        }

        if (pruning.OutputLanes is { } lanes)
        {
            violations.Add("pruning.outputLanes", lanes.ToString(CultureInfo.InvariantCulture), "must be null beside pruning.design, which has its own", "Keep one of them");
        }

        if (pruning.Block is not null)
        {
            violations.Add("pruning.block", string.Join(",", pruning.Block), "must be left out beside pruning.design, which has its own lanes", "Keep one of them");
        }

        // Lanes that nothing refuses stand in for those of a design that cannot be read: the other rules are judged all the same.
        PeArrayDesign? array = Array(path, design, "pruning.design", violations);
        return configuration with
        {
            Pruning = pruning with { Design = null, OutputLanes = array?.OutputLanes ?? 1, Block = pruning.Structure == PruningStructure.Block ? array is null ? [1, 1] : Block(array) : null },
        };
    }

    /// <summary>Array of a design that a file names; null where the design is refused, which goes to <paramref name="violations"/>.</summary>
    public static PeArrayDesign? Array(string path, string design, string place, ViolationList violations)
    {
        try
        {
            return Read(path, design).PeArray;
        }
        catch (InputException refused)
        {
            violations.Add(place, design, $"must be a design ({refused.Message})", "Name a file such as models/designs/u280-reference.json, relative to this one");
            return null;
        }
    }

    /// <summary>[Po, Pi]: an output group and a word of taps.</summary>
    public static IReadOnlyList<int> Block(PeArrayDesign array) => [array.OutputLanes, array.InputLanes];

    /// <summary>A design that a file names relative to itself.</summary>
    public static AcceleratorDesign Read(string path, string design) => DesignFile.Read(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, design));
}
