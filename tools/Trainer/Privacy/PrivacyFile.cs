using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;

namespace BcnnSim.Trainer.Privacy;

/// <summary>Reads a privacy study and the training configuration it names; every broken rule of one file is refused together.</summary>
public static class PrivacyFile
{
    /// <exception cref="InputException">Every broken rule: file, place, value, rule, remedy.</exception>
    public static (PrivacySettings Settings, TrainerConfiguration Training) Read(string path)
    {
        PrivacySettings settings = ConfigurationFile.Read<PrivacySettings>(path, static (read, violations, refused) => new PrivacyRules(read, violations, refused).Check());
        TrainerConfiguration training = ConfigurationFile.Read(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, settings.Training));
        PrivacyRules.CheckTogether(path, settings, training);
        return (settings, training);
    }
}
