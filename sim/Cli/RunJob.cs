using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>Executes a checked `run` network by network; whatever ends it, what was done is printed and written.</summary>
internal sealed class RunJob(RunRequest request, Session session)
{
    private readonly TextWriter tables = request.Json?.TakesOutput == true ? session.Error : session.Output;
    private readonly List<RunReport> reports = [];

    public int Run()
    {
        WriteHeader();
        bool interrupted = false;
        try
        {
            foreach (NetworkRequest network in request.Networks)
            {
                interrupted = RunNetwork(network);
                if (interrupted)
                {
                    session.Error.WriteLine($"interrupted: {network.Network.Name} after {reports[^1].Frames} of {network.Frames.Frames.Count} frames");
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            interrupted = true;
            session.Error.WriteLine($"interrupted: {reports.Count} of {request.Networks.Count} networks done");
        }
        finally
        {
            request.Json?.Write(ReportFile.ToJson(Document()));
        }

        return CodeOf(reports, interrupted);
    }

    internal static int CodeOf(IReadOnlyList<RunReport> reports, bool interrupted) =>
        interrupted ? ExitCode.Interrupted : reports.Any(r => r.Mismatches > 0) ? ExitCode.Different : ExitCode.Ok;

    private void WriteHeader()
    {
        tables.WriteLine($"design {request.Design.Name} ({request.DesignFile}){(request.Overrides.Count > 0 ? ", changed: " + string.Join(", ", request.Overrides) : "")}");
        foreach (NetworkRequest network in request.Networks)
        {
            if (network.Network.TimingOnly)
            {
                tables.WriteLine($"shape {network.FramesFile}: timing only, weights and frames are a fixed pattern; input {network.Network.Input.InputBits} bits");
                continue;
            }

            tables.WriteLine($"frames {network.FramesFile}: {network.Frames.Frames.Count} of {network.Available}, {(request.Check ? "checked against the reference executor" : "not checked")}");
        }
    }

    /// <summary>True if it was interrupted; its report then covers the frames that were complete.</summary>
    private bool RunNetwork(NetworkRequest item)
    {
        RunOptions options = new(item.Frames.Frames.Count, request.Check && !item.Network.TimingOnly);
        MachineRun run = FrameProgress.Watch(
            session, item.Network.Name, options.Frames, progress => MachineRun.Execute(item.Network, request.Design, item.Frames, options, progress, session.Cancellation));
        RunReport report = run.Report with { Claims = ClaimResult.Of(request.Claims, item.Network, run.Report) };
        report = request.Classes ? report with { FrameResults = run.Results } : report;
        reports.Add(report);
        new RunTables(report, tables).Write();
        if (request.Classes)
        {
            ClassTable.Write(item.Network, run.Results, tables);
        }

        if (run.FirstMismatch is string mismatch)
        {
            session.Error.WriteLine($"{item.Network.Name} differs from the reference executor: {mismatch}");
        }

        return run.Interrupted;
    }

    private RunDocument Document() => new(ReportFile.Schema, request.Command, ProductVersion.Text, request.Design, reports);
}
