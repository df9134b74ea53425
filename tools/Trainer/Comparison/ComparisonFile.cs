using BcnnSim.Trainer.Configuration;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Reads a comparison and the training configuration it names; every broken rule of one file is refused together.</summary>
public static class ComparisonFile
{
    /// <exception cref="InputException">Every broken rule: file, place, value, rule, remedy.</exception>
    public static (ComparisonSettings Settings, TrainerConfiguration Training) Read(string path)
    {
        ComparisonSettings settings = ConfigurationFile.Read<ComparisonSettings>(path, static (read, violations, refused) => new ComparisonRules(read, violations, refused).Check());
        string training = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, settings.Training);
        TrainerConfiguration configuration = ConfigurationFile.Read(training);
        ComparisonRules.CheckTogether(path, settings, configuration);
        return (settings, configuration);
    }
}
