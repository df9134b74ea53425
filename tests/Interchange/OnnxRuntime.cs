using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Interchange.Tests;

/// <summary>ONNX Runtime, compiled to WebAssembly, under Node: software that nobody of this project wrote.</summary>
internal static class OnnxRuntime
{
    private const int LimitMilliseconds = 600_000;
    private const string Install = "apt-get install nodejs npm, then npm ci --prefix tests/Interchange; tools/test.sh does both";

    private static string Folder => Repository.File("tests", "Interchange");

    /// <summary>Runs the jobs one after the other in one process; their outputs are files. Fails with what the runtime said, a warning too.</summary>
    public static void Run(string jobFile, params IReadOnlyList<OnnxJob> jobs)
    {
        Assert.True(Directory.Exists(Path.Combine(Folder, "node_modules", "onnxruntime-web")), $"onnxruntime-web is missing: {Install}");
        File.WriteAllText(jobFile, JsonSerializer.Serialize(jobs));
        ProcessStartInfo start = new("node", [Path.Combine(Folder, "run-onnx.mjs"), jobFile]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Started(start);
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(LimitMilliseconds))
        {
            process.Kill(entireProcessTree: true);
        }

        string said = output.Result + error.Result;
        Assert.True(process.ExitCode == 0 && said.Length == 0, $"node ended with {process.ExitCode}\n{said}");
    }

    private static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            Assert.Fail($"node is missing ({failure.Message}): {Install}");
            throw;
        }
    }
}
