using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>One run report in words: every throughput stands beside the conditions it holds under.</summary>
internal sealed class RunTables(RunReport report, TextWriter output)
{
    public void Write()
    {
        output.WriteLine();
        output.WriteLine($"{report.Network} on {report.Design}, {Figure.Count(report.Frames)} frames{(report.TimingOnly ? ", timing only" : "")}");
        WriteHeadline();
        WriteClaims();
        WriteLayers();
        WriteLosses();
        WriteSaturations();
        WriteComponents();
        WriteMemory();
        ResourceTables.WriteTotal(report.Resources, output);
        foreach (string condition in report.Conditions)
        {
            output.WriteLine($"  note: {condition}");
        }
    }

    private string Conditions(int framesInFlight) =>
        $"{Figure.Number(report.ClockMHz)} MHz, clock not closed by place and route; {framesInFlight} in flight; input {report.InputShape}, "
        + $"{report.InputBits} bits; pruned {Figure.Number(report.PruningRate, 2)}x; {report.Lanes} lanes";

    private void WriteHeadline()
    {
        LatencyReport loaded = report.LoadedLatencyCycles;
        Line("latency", $"{Figure.Count(report.LatencyCycles)} cycles = {Figure.Number(report.LatencyMicroseconds, 2)} us (one frame, idle machine, weights {(report.StreamedWeights ? "streamed" : "loaded")})");
        Line("loaded latency", $"{Figure.Count(loaded.Min)} / {Figure.Number(loaded.Mean)} / {Figure.Count(loaded.P99)} cycles min / mean / p99 ({report.FramesInFlight} in flight)");
        Line("interval", report.IntervalCycles is double interval
            ? $"{Figure.Number(interval)} cycles ({report.IntervalFraction}; {report.FramesInFlight} in flight)"
            : report.IntervalFraction);
        Line("fps by latency", $"{Figure.Number(report.FpsByLatency)} ({Conditions(1)})");
        Line("fps by interval", report.FpsByInterval is double rate ? $"{Figure.Number(rate)} ({Conditions(report.FramesInFlight)})" : report.IntervalFraction);
        foreach (ReplicaReport replica in report.Replicas ?? [])
        {
            Line($"replica {replica.Replica}", replica.FpsByInterval is double fps
                ? $"{Figure.Number(fps)} fps by interval, {Figure.Number(replica.IntervalCycles!.Value)} cycles ({replica.IntervalFraction}), {Figure.Count(replica.Frames)} frames"
                : $"{Figure.Count(replica.Frames)} frames, interval {replica.IntervalFraction}");
        }

        Line("utilization", $"{Figure.Percent(report.Utilization)} of one frame, {Steady()}; without padding and masks {Figure.Percent(report.EffectiveUtilization)}");
        WriteUtilizationOfLayers();
        Line("initial load", $"{Figure.Count(report.InitialLoadCycles)} cycles ({(report.StreamedWeights ? "constants" : "weights and constants")}, once)");
        Line("checked", report.FramesChecked == 0
            ? report.TimingOnly ? "no (timing only: weights and frames are a fixed pattern)" : "no (--no-check)"
            : $"{Figure.Count(report.FramesChecked)} frames, every map and score: {Figure.Count(report.Mismatches)} mismatches");
        if (report.Accuracy is AccuracyReport accuracy)
        {
            Line("accuracy", $"{Figure.Percent(accuracy.Share)} ({accuracy.Correct} of {accuracy.Labelled} labelled frames)");
        }
    }

    private void WriteClaims()
    {
        foreach (ClaimResult claim in report.Claims)
        {
            string share = claim.Utilization is double utilization ? $" at {Figure.Percent(utilization)} utilization" : "";
            Line("claim", $"{claim.Claim}, {Figure.Number(claim.FramesPerSecond)} frames/s{share}: {Verdict(claim.ReachedByLatency)} by latency, {Verdict(claim.ReachedByInterval)} by interval; {claim.Definition.ToString().ToLowerInvariant()} decides");
        }
    }

    private static string Verdict(bool? reached) => reached switch
    {
        true => "reached",
        false => "not reached",
        null => "not measured",
    };

    private void WriteUtilizationOfLayers()
    {
        if (report.UtilizationBehindFirstLayer() is double behind)
        {
            LayerReport lowest = report.Layers.MinBy(layer => layer.Utilization)!;
            Line("", $"{Figure.Percent(behind)} over layers 2 to {report.Layers.Count}; lowest {lowest.Name} {Figure.Percent(lowest.Utilization)}");
        }
    }

    private string Steady() => report.UtilizationSteady is double steady ? $"{Figure.Percent(steady)} steady" : "steady not measured";

    private void Line(string name, string text) => output.WriteLine($"  {name,-16}{text}");

    private void WriteLayers()
    {
        TextTable table = new("layer", "shape", ">cycles", ">array busy", ">closed form", ">utilization", "bound", "array stalls");
        foreach (LayerReport layer in report.Layers)
        {
            table.Add(
                layer.Name, layer.Shape, Figure.Count(layer.Cycles), Figure.Count(layer.ArrayCycles), Figure.Count(layer.EstimatedCycles),
                Figure.Percent(layer.Utilization), layer.Bound, Largest(layer.StallCycles, 2));
        }

        long layers = report.Layers.Sum(l => l.Cycles);
        table.Add("", "frame load, classify, store, barriers", Figure.Count(report.LatencyCycles - layers), "", "", "", "", "");
        table.Add("total", "", Figure.Count(report.LatencyCycles), Figure.Count(report.Layers.Sum(l => l.ArrayCycles)), "", Figure.Percent(report.Utilization), "", "");
        table.WriteTo(output);
    }

    private void WriteLosses()
    {
        TextTable table = new("lanes x cycles", ">effective", ">padding", ">tap rest", ">channel rest", ">pixel rest", ">masked", ">stall");
        foreach (LayerReport layer in report.Layers)
        {
            AddLosses(table, layer.Name, layer.EffectiveUtilization, layer.Losses);
        }

        AddLosses(table, "frame", report.EffectiveUtilization, report.Losses);
        table.WriteTo(output);
    }

    /// <summary>Only for networks with values.</summary>
    private void WriteSaturations()
    {
        TextTable table = new("16-bit values", ">components", ">norm saturated", ">add saturated", ">shortcut read", ">shortcut written");
        bool any = false;
        foreach (LayerReport layer in report.Layers)
        {
            if (layer.Saturations is SaturationReport s)
            {
                any = true;
                table.Add(
                    layer.Name, Figure.Count(s.Components), Figure.Count(s.Norm), Figure.Count(s.Residual), Figure.Bytes(layer.ShortcutReadBytes), Figure.Bytes(layer.ShortcutWriteBytes));
            }
        }

        if (any)
        {
            table.WriteTo(output);
        }
    }

    private static void AddLosses(TextTable table, string name, double effective, LossReport losses) => table.Add(
        name, Figure.Percent(effective), Figure.Percent(losses.Padding), Figure.Percent(losses.TapRemainder), Figure.Percent(losses.ChannelRemainder),
        Figure.Percent(losses.PixelRemainder), Figure.Percent(losses.MaskedWeights), Figure.Percent(losses.Stall));

    private void WriteComponents()
    {
        TextTable table = new("component", "clock", ">cycles", ">busy", "rest of its cycles");
        foreach (ActivityReport component in report.Stalls)
        {
            Dictionary<string, long> rest = component.Reasons.Where(r => r.Key != "busy").ToDictionary();
            long busy = component.Cycles - rest.Values.Sum();
            table.Add(
                component.Component, component.Clock, Figure.Count(component.Cycles), Figure.Percent((double)busy / component.Cycles),
                Largest(rest, 3, component.Cycles));
        }

        table.WriteTo(output);
    }

    private void WriteMemory()
    {
        TextTable table = new("memory", ">PC", ">read", ">written", ">bandwidth", ">of peak", ">row hits", ">misses", ">conflicts", ">refreshes");
        foreach (MemoryReport stream in report.Memory)
        {
            table.Add(
                stream.Stream, Figure.Count(stream.PseudoChannel), Figure.Bytes(stream.ReadBytes), Figure.Bytes(stream.WriteBytes),
                Figure.Gigabytes(stream.BytesPerSecond), Figure.Percent(stream.BytesPerSecond / stream.PeakBytesPerSecond), Figure.Count(stream.RowHits),
                Figure.Count(stream.RowMisses), Figure.Count(stream.RowConflicts), Figure.Count(stream.Refreshes));
        }

        table.WriteTo(output);
    }

    /// <summary>The largest reasons, as cycles or as shares of <paramref name="cycles"/>.</summary>
    private static string Largest(IReadOnlyDictionary<string, long> reasons, int count, long? cycles = null) => string.Join(", ", reasons
        .OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal)
        .Take(count)
        .Select(r => $"{r.Key} {(cycles is long all ? Figure.Percent((double)r.Value / all) : Figure.Count(r.Value))}"));
}
