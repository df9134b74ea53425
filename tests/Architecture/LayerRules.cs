using System.Text.RegularExpressions;

namespace BcnnSim.Tests.Architecture;

/// <summary>Who may use whom: each layer may use those before it.</summary>
internal static partial class LayerRules
{
    private static readonly string[] Layers =
        ["Kernel", "Numerics", "Networks", "Interchange", "Design", "Mapping", "Hardware", "Observation", "Reporting", "Exploration", "Cosimulation", "Cli"];

    /// <summary>Layer of a file: its folder in the library, or its project.</summary>
    public static string? LayerOf(string path)
    {
        string[] parts = path.Split('/');
        return parts[0] != "sim" ? null : parts[1] == "Simulator" ? (parts.Length > 3 ? parts[2] : null) : parts[1];
    }

    /// <summary>Uses that point the wrong way, in words.</summary>
    public static IEnumerable<string> Violations(SourceFile file)
    {
        if (LayerOf(file.Path) is not string own)
        {
            yield break;
        }

        int rank = Array.IndexOf(Layers, own);
        if (rank < 0)
        {
            yield return $"{file.Path}: folder {own} has no place in the order of layers";
            yield break;
        }

        foreach (string used in file.Usings.Concat(Qualified().Matches(file.Code).Select(static m => m.Value)).Select(LayerOfNamespace).OfType<string>().Distinct())
        {
            if (Array.IndexOf(Layers, used) > rank)
            {
                yield return $"{file.Path}: {own} uses {used}";
            }
        }
    }

    /// <summary>Library code of the model that reaches for files or the console.</summary>
    public static IEnumerable<string> InputOutput(SourceFile file) =>
        LayerOf(file.Path) is "Hardware" or "Kernel" or "Mapping" or "Numerics"
            ? Outside().Matches(file.Code).Select(m => $"{file.Path}: {m.Value}")
            : [];

    private static string? LayerOfNamespace(string name)
    {
        string[] parts = name.Split('.');
        return parts.Length > 1 && parts[0] == "BcnnSim" && Layers.Contains(parts[1]) ? parts[1] : null;
    }

    [GeneratedRegex(@"\bBcnnSim\.\w+")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"\b(?:Console|File|FileInfo|FileStream|Directory|StreamReader|StreamWriter|Environment)\.|\bnew (?:FileInfo|FileStream|StreamReader|StreamWriter)\b|System\.IO|System\.Net|System\.Diagnostics\.Process")]
    private static partial Regex Outside();
}
