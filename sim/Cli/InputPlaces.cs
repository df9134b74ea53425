namespace BcnnSim.Cli;

/// <summary>Finds designs, networks and frames by name or path, and remembers what was opened.</summary>
internal sealed class InputPlaces(Session session)
{
    private readonly RepositoryFolder? repository = RepositoryFolder.Find(session.Folder);
    private readonly List<string> opened = [];

    /// <summary>Full paths of the inputs so far.</summary>
    public IReadOnlyList<string> Opened => opened;

    /// <summary>Path as a report names it.</summary>
    public string Display(string path) => repository?.Display(path) ?? Path.GetFileName(path);

    /// <summary>Full path of an input, remembered.</summary>
    public string Open(string path)
    {
        opened.Add(session.FullPath(path));
        return opened[^1];
    }

    public string DesignFile(string? given, Refusals refusals)
    {
        if (given is null && repository is null)
        {
            refusals.Add("--design", "value", "absent", "the reference design is found only inside the repository", "Name a design file");
        }

        return Open(given ?? repository?.ReferenceDesign ?? "");
    }

    public IReadOnlyList<string> CommittedNetworks(Refusals refusals)
    {
        IReadOnlyList<string> networks = repository?.Networks() ?? [];
        if (networks.Count == 0)
        {
            refusals.Add("NETWORK", "argument", "absent", "no network is committed under models/networks", "Name a network or a folder with network.json and weights.safetensors");
        }

        return networks;
    }

    /// <summary>Every claim file under models/claims, opened.</summary>
    public List<string> Claims() => [.. (repository?.Claims() ?? []).Select(Open)];

    /// <summary>The same; none is refused.</summary>
    public List<string> CommittedClaims(Refusals refusals)
    {
        List<string> claims = Claims();
        if (claims.Count == 0)
        {
            refusals.Add("CLAIM", "argument", "absent", "no claim is committed under models/claims", "Name a claim file");
        }

        return claims;
    }

    /// <summary>Whether a trained network of this name is under models/networks.</summary>
    public bool IsCommitted(string network) => repository is not null && IsName(network) && RepositoryFolder.IsNetwork(repository.FolderOf(network));

    /// <summary>The shape file of a folder (a committed name, or a path) that has no trained network; null for any other.</summary>
    public string? ShapeOf(string given)
    {
        string[] folders = repository is not null && IsName(given) ? [repository.FolderOf(given), session.FullPath(given)] : given.Length == 0 ? [] : [session.FullPath(given)];
        string? folder = Array.Find(folders, RepositoryFolder.IsShapeOnly);
        return folder is null ? null : Path.Combine(folder, BcnnSim.Networks.ShapeFile.JsonName);
    }

    /// <summary>Folder of a network: a committed name, or a path.</summary>
    public string? NetworkFolder(string given, Refusals refusals)
    {
        if (repository is not null && IsName(given) && RepositoryFolder.IsNetwork(repository.FolderOf(given)))
        {
            return Open(repository.FolderOf(given));
        }

        string folder = session.FullPath(given);
        if (Directory.Exists(folder))
        {
            return Open(given);
        }

        string known = string.Join(", ", repository?.Networks() ?? []);
        refusals.Add("NETWORK", "argument", given, "no such network or folder", known.Length > 0 ? $"Known: {known}; or name a folder with network.json" : "Name a folder with network.json and weights.safetensors");
        return null;
    }

    /// <summary>Committed test frames of a committed network.</summary>
    public string? TestFrames(string network, Refusals refusals)
    {
        if (repository is not null && IsName(network) && RepositoryFolder.IsNetwork(repository.FolderOf(network)))
        {
            return Open(repository.FramesOf(network));
        }

        if (Directory.Exists(session.FullPath(network)))
        {
            refusals.Add("--frames", "value", "absent", $"{network} is not a committed network and has no frames of its own", "Name a .bcnnframes file");
        }

        return null;
    }

    private static bool IsName(string text) => text.Length > 0 && !text.Contains('/', StringComparison.Ordinal) && text is not "." and not "..";
}
