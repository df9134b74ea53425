using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Strict reader: unknown, missing or duplicate keys and wrong types and values out of range are refused, all of them together.</summary>
public static class ConfigurationFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        WriteIndented = true,
    };

    /// <summary>Largest configuration accepted; real ones are a few kilobytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <exception cref="InputException">Every broken rule: file, place, value, rule, remedy.</exception>
    public static TrainerConfiguration Read(string path) =>
        Read<TrainerConfiguration>(
            path,
            static (configuration, violations, refused) => new ConfigurationRules(configuration, violations, refused).Check(),
            (configuration, violations) => WidthMultiplier.Take(DesignLanes.Take(configuration, path, violations), violations));

    /// <summary>The same for another record with rules of its own, checked as <paramref name="complete"/> leaves it.</summary>
    internal static T Read<T>(string path, Action<T, ViolationList, IReadOnlySet<string>> check, Func<T, ViolationList, T>? complete = null)
    {
        var violations = new ViolationList(path);
        byte[]? bytes = InputFile.ReadAll(path, MaxBytes, violations);
        using JsonDocument? document = bytes is null ? null : StrictJson.Parse(bytes, "text", violations);
        ViolationList.ThrowIfAny(violations);
        var shape = new ConfigurationShape(Options, violations);
        T configuration = shape.Read(document!.RootElement, typeof(T)).Deserialize<T>(Options)!;
        configuration = complete is null ? configuration : complete(configuration, violations);
        check(configuration, violations, shape.Refused);
        ViolationList.ThrowIfAny(violations);
        return configuration;
    }

    /// <summary>A record as the text that reads back to it.</summary>
    internal static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>
    /// Hash of everything that decides the result of one phase: the phases after it and the threads do not, so more epochs of
    /// retraining leave a dense checkpoint valid.
    /// </summary>
    public static string Fingerprint(TrainerConfiguration configuration, string phase, string data)
    {
        // Filters counted beforehand give the twin from scratch its shape; every other choice depends on the trained weights.
        bool choice = configuration.Pruning is { } pruning && (!pruning.Form().LeavesShapes || pruning.Allocation == AllocationKind.Norm);
        bool unpruned = phase is "dense" or "prune";
        TrainerConfiguration trained = configuration.BinarizesLate && phase == "dense" ? configuration.WithRealWeights() : configuration;
        TrainerConfiguration part = trained with
        {
            Threads = 0,
            Data = configuration.Data with { Folder = null },
            Dense = phase == "scratch" && !choice ? configuration.Dense with { Epochs = 0 } : configuration.Dense,
            ValueFractionBits = unpruned ? null : configuration.ValueFractionBits,
            Pruning = phase == "dense" ? null : configuration.Pruning,
            Retrain = phase == "retrain" ? configuration.Retrain : null,
            Scratch = phase == "scratch" ? configuration.Scratch : null,
        };
        string text = JsonSerializer.Serialize(part, Options) + data;
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16];
    }
}
