using System.Text.RegularExpressions;
using BcnnSim.Tests.Harness;

namespace BcnnSim.Tests.Architecture;

/// <summary>A C# file of the repository, its text without comments and string contents.</summary>
/// <param name="Path">Path from the root, with forward slashes.</param>
/// <param name="Text">Text as written.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    private const string TypeKinds = @"(?:record struct|record class|record|class|struct|interface|enum|delegate [\w<>\[\]?]+)";

    /// <summary>Code only: comments and string contents blanked.</summary>
    public string Code { get; } = Comments().Replace(Text, static m => m.Value.StartsWith('"') ? "\"\"" : " ");

    public string FileName => Path[(Path.LastIndexOf('/') + 1)..^3];

    public int Lines => Text.Count(static c => c == '\n');

    /// <summary>Namespaces of `using` lines, static and aliased ones too.</summary>
    public IEnumerable<string> Usings => Using().Matches(Code).Select(static m => m.Groups[1].Value);

    /// <summary>Types at the top level: access, name, number of type parameters.</summary>
    public IEnumerable<(string Access, string Name, bool Generic)> Types =>
        TopLevelType().Matches(Code).Select(static m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Success));

    /// <summary>Files under some folders, build output left out.</summary>
    public static IReadOnlyList<SourceFile> Under(params string[] folders)
    {
        List<SourceFile> files = [];
        foreach (string folder in folders)
        {
            foreach (string path in Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                string relative = System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
                if (!relative.Contains("/obj/", StringComparison.Ordinal) && !relative.Contains("/bin/", StringComparison.Ordinal))
                {
                    files.Add(new SourceFile(relative, File.ReadAllText(path)));
                }
            }
        }

        return files;
    }

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"{3,}.*?"{3,}|@?"(?:\\.|""|[^"\\\n])*"|'(?:\\.|[^'\\])'""", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?([\w.]+)(?:<[^;]*)?;", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^(public|internal|file) (?:(?:static|sealed|abstract|partial|readonly|ref|unsafe) )*" + TypeKinds + @" (\w+)(<)?", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
