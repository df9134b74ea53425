using System.Diagnostics;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Cli;

/// <summary>Runs the README's marked snippets, and holds the output it shows against the real one.</summary>
public sealed class ReadmeTests
{
    private const string Tested = "<!-- tested -->";
    private const string Output = "<!-- output -->";

    /// <summary>Stands in for `dotnet run ... -- ARGUMENTS` by the program that is already built.</summary>
    private const string Preamble =
        """
        set -euo pipefail
        bcnnsim() { "$BCNNSIM" "$@"; }

        """;

    [Fact]
    public void Every_marked_snippet_runs_and_prints_what_the_readme_shows()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("Simulator.sln"), "");
        Directory.CreateSymbolicLink(folder.File("models"), Repository.File("models"));
        Directory.CreateSymbolicLink(folder.File("traces"), Repository.File("traces"));
        string[] lines = File.ReadAllLines(Repository.File("README.md"));
        int ran = 0;
        string printed = "";
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] == Tested)
            {
                printed = Run(Block(lines, i + 1), folder.FullName);
                ran++;
            }
            else if (lines[i] == Output)
            {
                ShowsTheOutput(Block(lines, i + 1), printed);
            }
        }

        Assert.True(ran >= 3, $"only {ran} snippets are marked {Tested}");
    }

    /// <summary>Line after line as printed (but for blank lines and rules); only "..." may leave something out.</summary>
    private static void ShowsTheOutput(List<string> shown, string printed)
    {
        List<string> real = [.. printed.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('\u2500') && !IsProgress(l))];
        int at = 0;
        foreach (string line in shown.Select(l => l.Trim()).TakeWhile(l => l != "..."))
        {
            Assert.True(at < real.Count && real[at] == line, $"README shows\n{line}\nbut the program prints\n{(at < real.Count ? real[at] : "nothing more")}");
            at++;
        }
    }

    private static bool IsProgress(string line) => line.EndsWith("frames done", StringComparison.Ordinal) || (line.StartsWith("cc-iq: ", StringComparison.Ordinal) && line.EndsWith(" frames", StringComparison.Ordinal));

    [Fact]
    public void The_readme_has_between_100_and_200_lines() => Assert.InRange(File.ReadAllLines(Repository.File("README.md")).Length, 100, 200);

    private static List<string> Block(string[] lines, int fence)
    {
        Assert.True(lines[fence] is "```bash" or "```text", $"line {fence + 1} of README.md must open a code block");
        return [.. lines.Skip(fence + 1).TakeWhile(l => l != "```")];
    }

    private static string Run(List<string> commands, string folder)
    {
        ProcessStartInfo start = new("bash", ["-c", Preamble + string.Join('\n', commands)])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["BCNNSIM"] = Executable.Path;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join('\n', commands)}\nexit code {process.ExitCode}\n{error.Result}");
        return output;
    }
}
