using System.Globalization;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>One run of the memory alone in words: what drove it, then what it reached, every figure with its unit.</summary>
internal sealed class HbmTables(HbmReport report, TextWriter output)
{
    public static void WriteHeader(HbmRequest request, TextWriter output)
    {
        HbmOptions o = request.Options;
        output.WriteLine($"design {request.Design.Name} ({request.DesignFile}){(request.Overrides.Count > 0 ? ", changed: " + string.Join(", ", request.Overrides) : "")}");
        output.WriteLine(o.Trace is string trace ? $"trace {trace} ({o.TraceFormat}): {Traced(o)}" : $"pattern {o.Pattern}: {Patterned(o)}");
        string outstanding = o.Outstanding is int limit ? $"at most {Figure.Count(limit)} requests outstanding per port," : "saturating: as many requests outstanding per port as fit";
        output.WriteLine($"ports: {o.Pairing}; switch {(o.SwitchOn ? "on" : "off")}; {Megahertz(o.PortMegahertz)}; ids {(o.Id == "one" ? "one" : "rotating over 64")}");
        output.WriteLine($"{outstanding} {request.Design.Axi.MaxOutstandingReads} read and {request.Design.Axi.MaxOutstandingWrites} write beats of 32 bytes");
    }

    public void Write()
    {
        output.WriteLine();
        Line("requests", $"{Figure.Count(report.Requests)}{(report.Interrupted ? " completed until it was interrupted" : "")}: {Figure.Count(report.Reads)} reads, {Figure.Count(report.Writes)} writes");
        Line("bytes", report.Bytes == report.BurstBytes ? $"{Figure.Count(report.Bytes)}" : $"{Figure.Count(report.Bytes)} asked for, {Figure.Count(report.BurstBytes)} moved in bursts of 32 bytes");
        Line("time", $"{Figure.Count(report.Cycles)} AXI cycles at {Megahertz(report.Design.Clocks.AxiKilohertz / 1000.0)} = {Figure.Count(report.MemoryCycles)} DRAM clocks = {Figure.Number(report.Seconds * 1e6, 2)} us");
        if (report.BytesPerSecond is double rate)
        {
            int channels = report.PerPseudoChannel.Count;
            Line("bandwidth", $"{Figure.Gigabytes(rate)} = {Figure.Percent(report.ShareOfPeak!.Value)} of the peak of {channels} pseudo-channel{(channels == 1 ? "" : "s")}, {Figure.Gigabytes(report.PeakBytesPerSecond)}");
        }

        if (report.PortBytesPerSecond < report.PeakBytesPerSecond)
        {
            Line("limit", $"{report.Options.Ports.Count} port{(report.Options.Ports.Count == 1 ? "" : "s")} at {Megahertz(report.Options.PortMegahertz)} carr{(report.Options.Ports.Count == 1 ? "ies" : "y")} {Figure.Gigabytes(report.PortBytesPerSecond)} in each direction");
        }

        Line("rows", $"{Rows(report.RowHits)} hits, {Rows(report.RowMisses)} misses (bank closed), {Rows(report.RowConflicts)} conflicts (another row open)");
        Line("refreshes", Figure.Count(report.Refreshes));
        WriteLatencies();
        WritePseudoChannels();
    }

    private void WriteLatencies()
    {
        TextTable table = new("latency in ns", ">requests", ">min", ">mean", ">p50", ">p90", ">p99", ">p99.9", ">max");
        Add("read, offer to last data", report.Reads, report.ReadLatencyNanoseconds);
        Add("write, offer to response", report.Writes, report.WriteLatencyNanoseconds);
        table.WriteTo(output);
        string waiting = report.Options.Outstanding == 1 ? "" : "; waiting behind earlier requests included (--outstanding 1 shows the memory idle)";
        output.WriteLine($"  whole cycles of the port, {Figure.Number(1000 / report.Options.PortMegahertz, 3)} ns each; percentiles by nearest rank{waiting}");

        void Add(string name, long requests, RequestLatency? l)
        {
            if (l is not null)
            {
                table.Add(name, Figure.Count(requests), Time(l.Min), Time(l.Mean), Time(l.P50), Time(l.P90), Time(l.P99), Time(l.P999), Time(l.Max));
            }
        }
    }

    private void WritePseudoChannels()
    {
        TextTable table = new("pseudo-channel", ">requests", ">read", ">written", ">bandwidth", ">of peak", ">row hits", ">misses", ">conflicts", ">refreshes");
        foreach (PseudoChannelReport p in report.PerPseudoChannel)
        {
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"PC {p.PseudoChannel}"), Figure.Count(p.Requests), Figure.Bytes(p.ReadBytes), Figure.Bytes(p.WriteBytes),
                p.BytesPerSecond is double rate ? Figure.Gigabytes(rate) : "-", p.ShareOfPeak is double share ? Figure.Percent(share) : "-",
                Figure.Count(p.RowHits), Figure.Count(p.RowMisses), Figure.Count(p.RowConflicts), Figure.Count(p.Refreshes));
        }

        table.WriteTo(output);
    }

    private static string Traced(HbmOptions o)
    {
        string bytes = o.BytesPerRequest is int each ? $"{Figure.Count(each)} bytes per request" : "bytes as the trace says";
        return $"{(o.Requests is long requests ? $"{Figure.Count(requests)} requests in all" : "requests through a pipe")}, {bytes}";
    }

    private static string Patterned(HbmOptions o)
    {
        string stride = o.StrideBytes is long bytes ? $"stride {Figure.Count(bytes)} bytes, " : "";
        string writes = o.WriteShare == 0 ? "no writes" : $"write share {o.WriteShare!.Value.ToString(CultureInfo.InvariantCulture)}";
        return $"{Figure.Count(o.Requests!.Value)} requests in all, {Figure.Count(o.BytesPerRequest!.Value)} bytes per request, {stride}working set {Figure.Bytes(o.WorkingSetBytes!.Value)} per pseudo-channel, {writes}, seed {o.Seed}";
    }

    private string Rows(long count) => $"{Figure.Count(count)} ({Figure.Percent(count / Math.Max(1.0, report.RowHits + report.RowMisses + report.RowConflicts))})";

    private void Line(string name, string text) => output.WriteLine($"  {name,-16}{text}");

    private static string Megahertz(double value) => value.ToString("0.###", CultureInfo.InvariantCulture) + " MHz";

    private static string Time(double nanoseconds) => Figure.Number(nanoseconds);
}
