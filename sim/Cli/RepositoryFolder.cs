namespace BcnnSim.Cli;

/// <summary>The repository: its networks, designs and frames are known by name.</summary>
internal sealed class RepositoryFolder(string root)
{
    private const string Marker = "Simulator.sln";

    public string Root { get; } = root;

    public string ReferenceDesign => Path.Combine(Root, "models", "designs", "u280-reference.json");

    private string NetworkFolder => Path.Combine(Root, "models", "networks");

    /// <summary>From the current folder upwards, else from the executable upwards; null outside of any copy of the repository.</summary>
    public static RepositoryFolder? Find(string folder) => Search(folder) ?? Search(AppContext.BaseDirectory);

    /// <summary>Names of the committed networks, in ordinal order.</summary>
    public IReadOnlyList<string> Networks() => Directory.Exists(NetworkFolder)
        ? [.. Directory.GetDirectories(NetworkFolder).Where(IsNetwork).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Committed claim files, in ordinal order.</summary>
    public IReadOnlyList<string> Claims()
    {
        string folder = Path.Combine(Root, "models", "claims");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)] : [];
    }

    public string FolderOf(string network) => Path.Combine(NetworkFolder, network);

    /// <summary>Test frames of a committed network.</summary>
    public string FramesOf(string network) => Path.Combine(Root, "traces", "frames", network + "-test.bcnnframes");

    /// <summary>Path as a report names it: relative inside the repository, the bare file name outside.</summary>
    public string Display(string path)
    {
        string relative = Path.GetRelativePath(Root, path);
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? Path.GetFileName(path)
            : relative.Replace('\\', '/');
    }

    public static bool IsNetwork(string folder) => File.Exists(Path.Combine(folder, BcnnSim.Networks.NetworkFile.JsonName));

    /// <summary>A folder that holds a shape but no trained network.</summary>
    public static bool IsShapeOnly(string folder) => !IsNetwork(folder) && File.Exists(Path.Combine(folder, BcnnSim.Networks.ShapeFile.JsonName));

    private static RepositoryFolder? Search(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, Marker)))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar));
        }

        return folder is null ? null : new RepositoryFolder(folder);
    }
}
