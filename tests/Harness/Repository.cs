namespace BcnnSim.Tests.Harness;

/// <summary>Files of the working copy the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder)
        => System.IO.File.Exists(Path.Combine(folder, "Simulator.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new DirectoryNotFoundException("Simulator.sln"));
}
