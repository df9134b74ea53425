using System.Reflection;

namespace BcnnSim.Cosimulation.Rtl;

/// <summary>The SystemVerilog modules and the C++ side of the interface: file name to text, in order of name.</summary>
public sealed class RtlSources
{
    private const string Prefix = "rtl/";
    private readonly SortedDictionary<string, string> files;

    private RtlSources(SortedDictionary<string, string> files) => this.files = files;

    /// <summary>The sources this assembly was built with (folder tools/rtl).</summary>
    public static RtlSources Embedded()
    {
        Assembly assembly = typeof(RtlSources).Assembly;
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string name in assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
                files.Add(name[Prefix.Length..], reader.ReadToEnd());
            }
        }

        return new RtlSources(files);
    }

    public IReadOnlyDictionary<string, string> Files => files;

    /// <summary>Names of the SystemVerilog modules that synthesis takes, benches left out.</summary>
    public IEnumerable<string> SynthesizableFiles =>
        files.Keys.Where(f => f.EndsWith(".sv", StringComparison.Ordinal) && !f.EndsWith("_bench.sv", StringComparison.Ordinal));

    /// <summary>
    /// The same sources with one piece of text changed: how a test plants a fault. The piece must occur exactly once, so that a
    /// fault can never silently miss.
    /// </summary>
    public RtlSources WithChange(string file, string before, string after)
    {
        string text = files[file];
        int at = text.IndexOf(before, StringComparison.Ordinal);
        if (at < 0 || text.IndexOf(before, at + 1, StringComparison.Ordinal) >= 0)
        {
            throw new ArgumentException($"'{before}' must occur exactly once in {file}", nameof(before));
        }

        return With(file, string.Concat(text.AsSpan(0, at), after, text.AsSpan(at + before.Length)));
    }

    /// <summary>The same sources with one file added or replaced.</summary>
    public RtlSources With(string file, string text) =>
        new(new SortedDictionary<string, string>(files, StringComparer.Ordinal) { [file] = text });

    /// <summary>Writes every file into a folder.</summary>
    public void WriteTo(string folder)
    {
        foreach ((string name, string text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}
