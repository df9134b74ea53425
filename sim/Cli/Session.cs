namespace BcnnSim.Cli;

/// <summary>What a command may touch of the process: where it writes, where it stands, when it must stop.</summary>
/// <param name="Output">Standard output: results.</param>
/// <param name="Error">Standard error: progress, refusals, tables when the JSON goes to standard output.</param>
/// <param name="Folder">Current folder: relative paths and the search for the repository start here.</param>
/// <param name="Interactive">Whether standard error is a terminal that can redraw a progress bar.</param>
/// <param name="Cancellation">Ctrl-C.</param>
internal sealed record Session(TextWriter Output, TextWriter Error, string Folder, bool Interactive, CancellationToken Cancellation)
{
    /// <summary>Full path of a file named on the command line.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Folder);
}
