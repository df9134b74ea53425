using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace BcnnSim.Cosimulation.Rtl;

/// <summary>An external program the co-simulation needs, with the Debian package that brings it.</summary>
public sealed record Tool(string Program, string Package)
{
    public static Tool Verilator { get; } = new("verilator", "verilator");

    public static Tool Compiler { get; } = new("g++", "g++");

    public static Tool Yosys { get; } = new("yosys", "yosys");

    public static Tool Icarus { get; } = new("iverilog", "iverilog");

    /// <summary>The remedy a message gives when the program is absent.</summary>
    public string InstallCommand => $"apt-get install {Package}";

    /// <summary>First line of what the program says of its version; part of every cache key.</summary>
    public string Version(string option) => Run("", [option]).Split('\n')[0].Trim();

    /// <summary>Runs to the end and returns both streams together.</summary>
    /// <exception cref="InputException">The program is not installed.</exception>
    /// <exception cref="ToolFailureException">It ended with another code than 0.</exception>
    public string Run(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation = default)
    {
        ProcessStartInfo start = new(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        StringBuilder log = new();
        using Process process = Start(start, log);
        using CancellationTokenRegistration kill = cancellation.Register(() => Kill(process));
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? log.ToString()
            : throw new ToolFailureException($"{Program} {string.Join(' ', arguments)}", process.ExitCode, log.ToString());
    }

    private Process Start(ProcessStartInfo start, StringBuilder log)
    {
        void Append(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not null)
            {
                lock (log)
                {
                    log.Append(line.Data).Append('\n');
                }
            }
        }

        Process process = new() { StartInfo = start };
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            process.Dispose();
            throw new InputException(Program, "PATH", "not found", "co-simulation builds the RTL with this program", $"Install it: {InstallCommand}");
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }
}
