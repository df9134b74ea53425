using System.Text.RegularExpressions;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Architecture;

/// <summary>The direction of dependencies, held on the `using` lines and names of the source files.</summary>
public sealed partial class LayeringTests
{
    /// <summary>Each layer may use those before it.</summary>
    private static readonly string[] Layers = ["Kernel", "Numerics", "Networks", "Design", "Mapping", "Hardware", "Observation", "Reporting"];

    [Fact]
    public void Every_layer_uses_only_those_below_it()
    {
        List<string> wrong = [];
        for (int layer = 0; layer < Layers.Length; layer++)
        {
            foreach (string file in Sources("sim", "Simulator", Layers[layer]))
            {
                foreach (Match use in Use().Matches(File.ReadAllText(file)))
                {
                    int used = Array.IndexOf(Layers, use.Groups[1].Value);
                    if (used > layer || used < 0)
                    {
                        wrong.Add($"{Relative(file)}: {use.Value}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void The_simulator_never_uses_tools_command_line_or_exploration()
    {
        string[] forbidden = ["BcnnSim.Trainer", "BcnnSim.Bench", "BcnnSim.Cli", "BcnnSim.Exploration", "BcnnSim.Cosimulation"];
        string[] wrong = [.. Sources("sim", "Simulator").Where(f => forbidden.Any(File.ReadAllText(f).Contains)).Select(Relative)];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
        string[] tools = [.. Sources("sim").Where(f => File.ReadAllText(f).Contains("BcnnSim.Trainer", StringComparison.Ordinal)).Select(Relative)];
        Assert.True(tools.Length == 0, string.Join('\n', tools));
    }

    [Theory]
    [InlineData("Kernel")]
    [InlineData("Numerics")]
    [InlineData("Mapping")]
    [InlineData("Hardware")]
    [InlineData("Observation")]
    public void Model_code_touches_no_file_and_no_console(string layer)
    {
        string[] wrong = [.. Sources("sim", "Simulator", layer).Where(f => InputOutput().IsMatch(File.ReadAllText(f))).Select(Relative)];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Ticks_use_no_query_expressions_or_closures()
    {
        string[] wrong = [.. Sources("sim", "Simulator", "Hardware").SelectMany(f => TickBodies(f).Where(b => b.Contains("=>", StringComparison.Ordinal) || Query().IsMatch(b)).Select(_ => Relative(f)))];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void A_file_holds_one_public_type_and_is_named_after_it()
    {
        List<string> wrong = [];
        foreach (string file in Sources("sim").Concat(Sources("tools")))
        {
            MatchCollection types = PublicType().Matches(File.ReadAllText(file));
            string name = Path.GetFileNameWithoutExtension(file);
            if (types.Count > 1 || (types.Count == 1 && !NamesFile(types[0], name)))
            {
                wrong.Add($"{Relative(file)}: {string.Join(", ", types.Select(t => t.Groups[1].Value))}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void No_source_file_is_longer_than_350_lines()
    {
        string[] wrong = [.. Sources("sim").Concat(Sources("tools")).Concat(Sources("tests")).Where(f => File.ReadLines(f).Count() > 350).Select(Relative)];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    /// <summary>Name, NameOfT for a generic one, or Name.Part for a part of a partial type.</summary>
    private static bool NamesFile(Match type, string file)
    {
        string name = type.Groups[1].Value;
        return file == name || file == $"{name}OfT" || file.StartsWith($"{name}.", StringComparison.Ordinal);
    }

    private static IEnumerable<string> TickBodies(string file)
    {
        foreach (Match tick in Tick().Matches(File.ReadAllText(file)))
        {
            yield return tick.Groups[1].Value;
        }
    }

    private static IEnumerable<string> Sources(params string[] folder) => Directory
        .EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);

    [GeneratedRegex(@"^using (?:static )?BcnnSim\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Use();

    [GeneratedRegex(@"\b(Console|File|Directory|StreamReader|StreamWriter|FileStream)\.|new (StreamReader|StreamWriter|FileStream|FileInfo)\(")]
    private static partial Regex InputOutput();

    [GeneratedRegex(@"\.(Select|Where|Any|All|Sum|Max|Min|First|ToList|ToArray)\(")]
    private static partial Regex Query();

    [GeneratedRegex(@"^public (?:sealed |static |abstract |readonly |partial |ref )*(?:record struct|record class|record|class|struct|enum|interface) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"public override bool Tick\(long cycle\)\n    \{\n(.*?)\n    \}", RegexOptions.Singleline)]
    private static partial Regex Tick();
}
