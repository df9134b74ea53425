using System.Text.RegularExpressions;
using System.Xml.Linq;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Architecture;

/// <summary>The direction of dependencies, held against the sources and the project files.</summary>
public sealed class LayerTests
{
    private static IReadOnlyList<SourceFile> Simulator => SourceFile.Under("sim");

    [Fact]
    public void Layers_use_only_those_before_them()
    {
        string[] violations = [.. Simulator.SelectMany(LayerRules.Violations)];
        Assert.True(violations.Length == 0, string.Join('\n', violations));
        Assert.True(Simulator.Count(f => LayerRules.LayerOf(f.Path) is not null) > 150, "the sources were not found");
    }

    [Fact]
    public void The_model_knows_no_files_and_no_console()
    {
        string[] violations = [.. Simulator.SelectMany(LayerRules.InputOutput)];
        Assert.True(violations.Length == 0, string.Join('\n', violations));
    }

    /// <summary>Commands are called with writers, by tests and by whoever embeds them; the trainer's command tree is where the console is one of them.</summary>
    [Fact]
    public void Commands_print_to_the_writers_they_are_given()
    {
        string[] entrances = ["sim/Cli/Program.cs", "tools/Trainer/Commands/CommandTree.cs", "tools/Trainer/Commands/CommonOptions.cs"];
        IEnumerable<string> console = SourceFile.Under("sim", "tools/Trainer").Where(f => Regex.IsMatch(f.Code, @"\bConsole\.")).Select(f => f.Path);
        Assert.Equal(entrances, console);
    }

    [Fact]
    public void The_simulator_never_uses_the_tools()
    {
        IEnumerable<string> uses = Simulator.Where(f => f.Usings.Any(u => u.StartsWith("BcnnSim.Trainer", StringComparison.Ordinal) || u.StartsWith("BcnnSim.Bench", StringComparison.Ordinal))).Select(f => f.Path);
        Assert.Empty(uses);
        Assert.All(Projects("sim"), p => Assert.DoesNotContain(References(p), r => r.Contains("tools/", StringComparison.Ordinal) || r.Contains("tests/", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_library_depends_on_no_package_and_no_project()
    {
        string project = Repository.File("sim", "Simulator", "Simulator.csproj");
        Assert.Empty(References(project));
        Assert.DoesNotContain(XDocument.Load(project).Descendants(), e => e.Name.LocalName == "PackageReference");
    }

    [Fact]
    public void Tests_are_used_by_nobody() =>
        Assert.All(Projects("sim").Concat(Projects("tools")), p => Assert.DoesNotContain(References(p), r => r.Contains("tests/", StringComparison.Ordinal)));

    private static IEnumerable<string> Projects(string folder) =>
        Directory.EnumerateFiles(Repository.File(folder), "*.csproj", SearchOption.AllDirectories);

    private static IEnumerable<string> References(string project) => XDocument.Load(project).Descendants()
        .Where(e => e.Name.LocalName == "ProjectReference").Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));
}
