using BcnnSim.Hardware.Traffic;
using BcnnSim.Observation.Statistics;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>Executes a checked `hbm`; whatever stops it, what was completed is printed and written.</summary>
internal sealed class HbmJob(HbmRequest request, Session session)
{
    private readonly TextWriter tables = request.Outputs.Json?.TakesOutput == true ? session.Error : session.Output;
    private readonly RequestMeter meter = new();

    public int Run()
    {
        HbmTables.WriteHeader(request, tables);
        RequestFile? file = request.Outputs.PerRequest is JsonDestination destination ? new RequestFile(destination.Stream, request.PortKilohertz) : null;
        MemoryBench bench = null!;
        bool interrupted = false;
        RequestProgress.Watch(session, request.Options.Requests, progress =>
        {
            bench = new MemoryBench(request.Design, request.Traffic, [], request.PortKilohertz, new RequestSink(meter, file, progress));
            interrupted = !Complete(bench);
        });
        RefuseNothing(bench, interrupted);
        file?.Flush();
        HbmReport report = HbmReport.Of(bench, meter, request.Design, request.Options, request.Command, ProductVersion.Text, interrupted);
        new HbmTables(report, tables).Write();
        Write(report);
        if (interrupted)
        {
            string of = request.Options.Requests is long all ? $" of {Figure.Count(all)}" : "";
            session.Error.WriteLine($"interrupted after {Figure.Count(report.Requests)}{of} requests");
        }

        return interrupted ? ExitCode.Interrupted : ExitCode.Ok;
    }

    /// <summary>False if it was cancelled.</summary>
    private bool Complete(MemoryBench bench)
    {
        try
        {
            bench.Run(session.Cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            bench.Memory.SettleRefresh(Math.Max(0, bench.Simulation.Now / bench.AxiClock.Period));
            return false;
        }
    }

    /// <summary>A pipe may turn out to hold nothing.</summary>
    private void RefuseNothing(MemoryBench bench, bool interrupted)
    {
        if (bench.Completed == 0 && !interrupted)
        {
            throw new InputException(request.Options.Trace!, "lines", "only a header", "a trace has at least one request", "Give a trace with a request per line");
        }
    }

    private void Write(HbmReport report)
    {
        request.Outputs.PerRequest?.Complete();
        request.Outputs.Bandwidth?.Write(HbmPictures.Bandwidth(report, meter.Timeline, request.PortKilohertz));
        request.Outputs.Latency?.Write(HbmPictures.Latency(report, meter, request.PortKilohertz));
        request.Outputs.Json?.Write(ReportFile.ToJson(report));
    }
}
