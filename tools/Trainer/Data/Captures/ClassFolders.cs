using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data.Captures;

/// <summary>The recordings of a set with one folder per class, whose names are the labels. Hidden files and folders are passed over.</summary>
/// <param name="root">Folder of the set.</param>
/// <param name="classes">In label order.</param>
/// <param name="extension">Of the files of the set, others are left out; null = any, but one: samples carry no mark to be told by.</param>
/// <param name="found">Takes what is refused.</param>
internal sealed class ClassFolders(string root, IReadOnlyList<string> classes, string? extension, List<Violation> found)
{
    /// <summary>CLASS/FILE of every recording in the order of their names; empty where something was refused.</summary>
    public string[] List()
    {
        CheckClasses();
        if (found.Count == 0)
        {
            string[] files = [.. Entries(Directory.EnumerateFiles).Where(file => extension is null || file.EndsWith(extension, StringComparison.Ordinal))];
            CheckSubfolders();
            CheckExtensions(files);
            return found.Count > 0 ? [] : files;
        }

        return [];
    }

    private void CheckClasses()
    {
        foreach (string folder in Directory.EnumerateDirectories(root).Select(Relative).Where(IsShown).Order(StringComparer.Ordinal).Where(folder => !classes.Contains(folder)))
        {
            found.Add(new Violation("configuration", "data.classes", string.Join(", ", classes), $"must name the folder {ViolationList.Printable(folder)} of {root}", "Add the class, or move the folder away"));
        }

        foreach (string missing in classes.Where(name => !Directory.Exists(Path.Combine(root, name))))
        {
            found.Add(new Violation("configuration", "data.folder", root, $"must hold a folder {ViolationList.Printable(missing)}, one of data.classes", "Add its recordings, or remove the class"));
        }
    }

    private void CheckSubfolders()
    {
        foreach (string folder in Entries(Directory.EnumerateDirectories).Take(ViolationList.Limit))
        {
            found.Add(new Violation(Path.Combine(root, folder), "folder", ViolationList.Printable(Path.GetFileName(folder)), "the folder of a class must hold files only: what lies deeper would be left out", "Move its recordings up, or move it away"));
        }
    }

    private void CheckExtensions(string[] files)
    {
        string? usual = files.GroupBy(Path.GetExtension).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
        foreach (string odd in files.Where(file => Path.GetExtension(file) != usual).Take(ViolationList.Limit))
        {
            found.Add(new Violation(
                Path.Combine(root, odd),
                "file",
                ViolationList.Printable(Path.GetFileName(odd)),
                $"must {(usual!.Length == 0 ? "have no extension" : $"end in {ViolationList.Printable(usual)}")} like most files of the set: samples carry no mark, so that any file would be read as samples",
                "Move it away, rename it, or name the recordings in data.files"));
        }
    }

    private IEnumerable<string> Entries(Func<string, IEnumerable<string>> list) =>
        classes.SelectMany(name => list(Path.Combine(root, name))).Select(Relative).Where(IsShown).Order(StringComparer.Ordinal);

    private static bool IsShown(string path) => !Path.GetFileName(path).StartsWith('.');

    private string Relative(string path) => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
}
