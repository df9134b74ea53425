using System.Text.RegularExpressions;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Architecture;

/// <summary>Ticks are the hot path: no query expressions, no closures.</summary>
public sealed partial class TickTests
{
    [Fact]
    public void Ticks_use_no_query_expressions_and_no_closures()
    {
        List<string> wrong = [];
        int seen = 0;
        foreach (string file in Directory.EnumerateFiles(Repository.File("sim", "Simulator", "Hardware"), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (Match tick in Tick().Matches(File.ReadAllText(file)))
            {
                seen++;
                if (Slow().IsMatch(tick.Groups[1].Value))
                {
                    wrong.Add(Path.GetFileName(file));
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(seen >= 14, $"only {seen} ticks were found: the pattern no longer fits the code");
    }

    [GeneratedRegex(@"=>|\.(Select|Where|Any|All|Sum|Max|Min|First|ToList|ToArray)\(")]
    private static partial Regex Slow();

    [GeneratedRegex(@"public override bool Tick\(long cycle\)\n    \{\n(.*?)\n    \}", RegexOptions.Singleline)]
    private static partial Regex Tick();
}
