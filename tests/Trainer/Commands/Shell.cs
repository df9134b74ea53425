using System.Diagnostics;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>bcnntrain as a process of its own, under what only a shell can do to it.</summary>
internal static class Shell
{
    /// <summary>Text that runs bcnntrain with these arguments.</summary>
    public static string Bcnntrain(string arguments) => $"dotnet '{Path.Combine(AppContext.BaseDirectory, "bcnntrain.dll")}' {arguments}";

    /// <summary>Exit code of a script, and what it said: errors, then output.</summary>
    /// <param name="script">Of bash.</param>
    /// <param name="mounts">In a mount namespace of its own.</param>
    public static (int Code, string Said) Run(string script, bool mounts = false)
    {
        string[] arguments = mounts ? ["unshare", "--map-root-user", "--mount", "bash", "-c", script] : ["bash", "-c", script];
        using Process process = Process.Start(new ProcessStartInfo(arguments[0], arguments[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error.Result + output);
    }
}
