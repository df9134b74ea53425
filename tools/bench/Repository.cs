namespace BcnnSim.Bench;

/// <summary>The repository the benchmarks run in.</summary>
internal static class Repository
{
    public static string Path(params string[] parts)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Simulator.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return System.IO.Path.Combine([folder ?? throw new InvalidOperationException("the benchmarks run inside the repository"), .. parts]);
    }
}
