using BcnnSim.Design;
using BcnnSim.Trainer.Configuration;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Reads a comparison and the training configuration it names; every broken rule of one file is refused together.</summary>
public static class ComparisonFile
{
    /// <summary>The design it names, or null.</summary>
    public static AcceleratorDesign? Design(string path, ComparisonSettings settings) =>
        settings.Design is { } design ? DesignFile.Read(Beside(path, design)) : null;

    /// <exception cref="InputException">Every broken rule: file, place, value, rule, remedy.</exception>
    public static (ComparisonSettings Settings, TrainerConfiguration Training) Read(string path)
    {
        ComparisonSettings settings = ConfigurationFile.Read<ComparisonSettings>(path, static (read, violations, refused) => new ComparisonRules(read, violations, refused).Check());
        TrainerConfiguration configuration = ConfigurationFile.Read(Beside(path, settings.Training));
        ComparisonRules.CheckTogether(path, settings, configuration);
        return (settings, configuration);
    }

    private static string Beside(string path, string other) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, other);
}
