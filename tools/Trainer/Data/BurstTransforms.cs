using System.Globalization;
using System.Numerics;

namespace BcnnSim.Trainer.Data;

/// <summary>Makes the named transforms, with their default or with given parameters.</summary>
public static class BurstTransforms
{
    /// <summary>Names in network.json.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fold", "stft", "lag", "moments"];

    /// <summary>
    /// The transform with its default parameters. The clips are round figures near the 99 % quantile of |component|
    /// over the first 2,200 training bursts of the default set; a test measures it again.
    /// </summary>
    public static IBurstTransform Default(string name, int samples) => Create(name, Defaults(name, samples));

    /// <summary>The transform that network.json describes; unknown names, keys and values are refused together.</summary>
    public static IBurstTransform Create(string name, IReadOnlyDictionary<string, double> parameters)
    {
        Check(name, parameters);
        int samples = (int)parameters["samples"];
        return name switch
        {
            "fold" => new FoldTransform(samples, parameters["clip"]),
            "stft" => new StftTransform(samples, (int)parameters["window"], (int)parameters["bins"], parameters["clip"]),
            "lag" => new LagTransform(samples, parameters["clip"]),
            _ => new MomentsTransform(samples, parameters["clip1"], parameters["clip2"], parameters["clip4"]),
        };
    }

    private static Dictionary<string, double> Defaults(string name, int samples)
    {
        var parameters = new Dictionary<string, double> { ["samples"] = samples };
        switch (name)
        {
            case "stft":
                parameters["window"] = samples / 8;
                parameters["bins"] = 32;
                parameters["clip"] = 4;
                break;
            case "lag":
                parameters["clip"] = 1.2;
                break;
            case "moments":
                parameters["clip1"] = 1.7;
                parameters["clip2"] = 3.2;
                parameters["clip4"] = 12;
                break;
            default:
                parameters["clip"] = 1.7;
                break;
        }

        return parameters;
    }

    private static void Check(string name, IReadOnlyDictionary<string, double> parameters)
    {
        if (!Names.Contains(name))
        {
            throw new InputException(
                "transform", "name", name, "no such transform", $"use one of {string.Join(", ", Names)}");
        }

        Dictionary<string, double> known = Defaults(name, 1024);
        List<Violation> found = [.. known.Keys.Where(key => !parameters.ContainsKey(key)).Select(
            key => new Violation("transform", $"{name}.{key}", "missing", "every parameter must be given", "add it"))];
        foreach ((string key, double value) in parameters)
        {
            string? rule = known.ContainsKey(key) ? BrokenRule(key, value) : "no such parameter";
            if (rule is not null)
            {
                found.Add(new Violation(
                    "transform", $"{name}.{key}", value.ToString("R", CultureInfo.InvariantCulture), rule, "correct or remove it"));
            }
        }

        if (found.Count == 0 && name == "stft" && parameters["window"] > parameters["samples"])
        {
            found.Add(new Violation(
                "transform",
                "stft.window",
                parameters["window"].ToString("R", CultureInfo.InvariantCulture),
                "must not exceed the samples of a burst",
                "choose a shorter window"));
        }

        if (found.Count > 0)
        {
            throw new InputException(found);
        }
    }

    private static string? BrokenRule(string key, double value) => key switch
    {
        "samples" => value is 128 or 256 or 512 or 1024 ? null : "must be 128, 256, 512 or 1024",
        "window" => PowerOfTwo(value, 4, 1024) ? null : "must be a power of two in 4..1024",
        "bins" => PowerOfTwo(value, 2, 1024) ? null : "must be a power of two in 2..1024",
        _ => value is >= 1e-6 and <= 1e6 ? null : "must lie in 1e-6..1e6",
    };

    private static bool PowerOfTwo(double value, int low, int high) =>
        value >= low && value <= high && value == Math.Floor(value) && BitOperations.IsPow2((int)value);
}
