using System.Diagnostics;
using BcnnSim.Cli;
using BcnnSim.Networks;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Cli;

public sealed class InterruptTests
{
    [Fact]
    public void A_run_interrupted_between_frames_reports_those_that_are_done()
    {
        using CliBench bench = new();
        using CancellationTokenSource source = new();
        using StringWriter output = new();
        using CancellingWriter error = new(source, "10 of 20 frames done");
        int code = CommandLine.Run(["run", "tiny", "--json", "part.json"], new Session(output, error, bench.Root, false, source.Token));
        Assert.Equal(130, code);
        RunReport report = Assert.Single(ReportFile.Read(bench.PathOf("part.json")).Runs);
        Assert.Equal(10, report.Frames);
        Assert.Equal(10, report.FramesChecked);
        Assert.Equal(0, report.Mismatches);
        Assert.Contains("interrupted after 10 of 20 frames", report.Conditions);
        Assert.Contains("tiny on u280-reference, 10 frames", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_interrupted_before_its_first_frame_leaves_a_readable_empty_report()
    {
        using CliBench bench = new();
        using CancellationTokenSource source = new();
        source.Cancel();
        CliResult result = bench.RunUntil(source.Token, "run", "tiny", "--json", "none.json");
        Assert.Equal(130, result.Code);
        Assert.Empty(ReportFile.Read(bench.PathOf("none.json")).Runs);
        Assert.Contains("interrupted: 0 of 1 networks done", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_ends_the_program_with_130_and_a_complete_report()
    {
        const int Many = 16_000; // some seconds: what is left when the first part is reported must outlast the start of kill
        using CliBench bench = new();
        FrameFile.Write(bench.PathOf("many.bcnnframes"), RandomNetworks.Frames(bench.Network, Many, 5));
        using Process process = Executable.Start(bench.Root, "run", "tiny", "--frames", "many.bcnnframes", "--count", $"{Many}", "--no-check", "--json", "part.json");
        string? line;
        while ((line = process.StandardError.ReadLine()) is not null && !line.Contains($"of {Many} frames done", StringComparison.Ordinal))
        {
        }

        Assert.NotNull(line);
        using (Process kill = Process.Start("kill", $"-INT {process.Id}"))
        {
            kill.WaitForExit();
        }

        string rest = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 130, rest);
        RunReport report = Assert.Single(ReportFile.Read(bench.PathOf("part.json")).Runs);
        Assert.InRange(report.Frames, Many / 4, Many - 1);
        Assert.DoesNotContain("   at ", rest, StringComparison.Ordinal);
    }

    private sealed class CancellingWriter(CancellationTokenSource source, string trigger) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(trigger, StringComparison.Ordinal) == true)
            {
                source.Cancel();
            }
        }
    }
}
