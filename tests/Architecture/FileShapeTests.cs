using Xunit;

namespace BcnnSim.Tests.Architecture;

/// <summary>Shape of source files: someone who knows a type's name finds its file.</summary>
public sealed class FileShapeTests
{
    private const int MaxLines = 350;
    private static readonly string[] VagueEndings = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Base", "Info"];

    private static IReadOnlyList<SourceFile> Sources => SourceFile.Under("sim", "tools", "tests");

    [Fact]
    public void A_file_holds_at_most_one_public_type() => None(
        f => f.Types.Where(t => t.Access == "public").Select(t => t.Name).Distinct().Count() > 1,
        "holds more than one public type");

    /// <summary>Channel of T lies in Channel.cs or, beside a type of that name, in ChannelOfT.cs; Type.Part.cs holds a part of it.</summary>
    [Fact]
    public void A_file_is_named_after_its_type() => None(
        f => f.Types.Any() && !f.Types.Any(t => f.FileName.Split('.')[0] == t.Name || (t.Generic && f.FileName == $"{t.Name}OfT")),
        "is not named after a type in it");

    [Fact]
    public void A_public_type_is_the_one_its_file_is_named_after() => None(
        f => f.Types.Any(t => t.Access == "public" && f.FileName.Split('.')[0] != t.Name && !(t.Generic && f.FileName == $"{t.Name}OfT")),
        "holds a public type of another name");

    [Fact]
    public void No_file_is_longer_than_350_lines() => None(f => f.Lines > MaxLines, $"has more than {MaxLines} lines");

    [Fact]
    public void Names_say_what_a_type_is() => None(
        f => f.Types.Any(t => t.Name != "TimeBase" && VagueEndings.Any(e => t.Name.EndsWith(e, StringComparison.Ordinal))),
        "has a type whose name says nothing");

    [Fact]
    public void Nothing_is_left_to_be_done() => None(
        f => !f.Path.StartsWith("tests/Architecture/", StringComparison.Ordinal)
            && (f.Text.Contains("TODO", StringComparison.Ordinal) || f.Text.Contains("FIXME", StringComparison.Ordinal) || f.Code.Contains("NotImplementedException", StringComparison.Ordinal)),
        "has something left to be done");

    [Fact]
    public void Namespaces_are_file_scoped() => None(
        f => f.Types.Any() && !f.Code.Split('\n').Any(l => l.StartsWith("namespace ", StringComparison.Ordinal) && l.TrimEnd().EndsWith(';')),
        "has no file-scoped namespace");

    private static void None(Func<SourceFile, bool> violates, string what)
    {
        string[] files = [.. Sources.Where(violates).Select(f => $"{f.Path} {what}")];
        Assert.True(files.Length == 0, string.Join('\n', files));
    }
}
