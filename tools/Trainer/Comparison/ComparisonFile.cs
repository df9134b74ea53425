using BcnnSim.Design;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Reads a comparison and the training configuration it names; every broken rule of one file is refused together.</summary>
public static class ComparisonFile
{
    /// <summary>The design it names, or null.</summary>
    public static AcceleratorDesign? Design(string path, ComparisonSettings settings) =>
        settings.Design is { } design ? DesignLanes.Read(path, design) : null;

    /// <exception cref="InputException">Every broken rule: file, place, value, rule, remedy.</exception>
    public static (ComparisonSettings Settings, ComparisonTrainings Trainings) Read(string path)
    {
        ComparisonSettings settings = ConfigurationFile.Read<ComparisonSettings>(
            path, static (read, violations, refused) => new ComparisonRules(read, violations, refused).Check(), (read, violations) => Completed(read, path, violations));
        Dictionary<string, TrainerConfiguration> own = settings.Contenders.Where(contender => contender.Training is not null)
            .ToDictionary(contender => contender.Label, contender => Training(path, contender.Training!));
        var trainings = new ComparisonTrainings(Training(path, settings.Training), own);
        TogetherRules.Check(path, settings, trainings);
        return (settings, trainings);
    }

    // Blocks are those of the design where one is named. What may be left out is left out: said or not, it is the same comparison.
    private static ComparisonSettings Completed(ComparisonSettings read, string path, ViolationList violations)
    {
        ComparisonSettings plain = read with { Test = read.Test == true ? null : read.Test };
        if (read.Design is not { } design || !read.Structures.Contains(PruningStructure.Block))
        {
            return plain;
        }

        if (read.Block is { } block)
        {
            violations.Add("block", string.Join(",", block), "must be left out beside design, which has its own lanes", "Keep one of them");
            return plain;
        }

        return plain with { Block = DesignLanes.Array(path, design, "design", violations) is { } array ? DesignLanes.Block(array) : [1, 1] };
    }

    // How a row is pruned is the comparison's to say: nothing of the file's own pruning may reach its network or its fingerprint.
    private static TrainerConfiguration Training(string path, string file) => ConfigurationFile.Read(Beside(path, file)) with { Pruning = null, Retrain = null, Scratch = null };

    private static string Beside(string path, string other) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, other);
}
