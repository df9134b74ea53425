using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Strict reader: unknown, missing or duplicate keys and values out of range are refused, all of them together.</summary>
public static class ConfigurationFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        WriteIndented = true,
    };

    public static TrainerConfiguration Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException(path, "file", "missing", "a training configuration must exist", "Give the path of a JSON file as in models/networks/cc-iq/training.json");
        }

        try
        {
            TrainerConfiguration configuration = JsonSerializer.Deserialize<TrainerConfiguration>(File.ReadAllText(path), Options)
                ?? throw new JsonException("the file holds null");
            ConfigurationRules.Check(path, configuration);
            return configuration;
        }
        catch (JsonException e)
        {
            throw new InputException(path, e.Path ?? "text", e.Message, "must match the configuration record exactly", "Correct the key or value");
        }
    }

    /// <summary>
    /// Hash of everything that decides the result of one phase: the phases after it and the threads do not, so more epochs of
    /// retraining leave a dense checkpoint valid.
    /// </summary>
    public static string Fingerprint(TrainerConfiguration configuration, string phase, string data)
    {
        TrainerConfiguration part = configuration with
        {
            Threads = 0,
            Data = configuration.Data with { Folder = null },
            Dense = phase == "scratch" ? configuration.Dense with { Epochs = 0 } : configuration.Dense,
            Pruning = phase == "dense" ? null : configuration.Pruning,
            Retrain = phase == "retrain" ? configuration.Retrain : null,
            Scratch = phase == "scratch" ? configuration.Scratch : null,
        };
        string text = JsonSerializer.Serialize(part, Options) + data;
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16];
    }
}
