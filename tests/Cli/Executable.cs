using System.Diagnostics;

namespace BcnnSim.Tests.Cli;

/// <summary>The built program as a user starts it.</summary>
internal static class Executable
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "bcnnsim");

    public static Process Start(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(Path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static CliResult Run(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CliResult(process.ExitCode, output, error.Result);
    }
}
