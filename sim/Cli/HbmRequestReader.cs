using System.CommandLine;
using System.Globalization;
using BcnnSim.Cli.Traces;
using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Hardware.Traffic;
using BcnnSim.Kernel;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>Reads every flag and file of an `hbm` and refuses all that is wrong with them together, before anything runs.</summary>
internal sealed class HbmRequestReader(HbmOptionSet options, ParseResult parsed, Session session)
{
    private const int MaxBurstBeats = 16;
    private const int Identifiers = 64;
    private const long MinKilohertz = 1_000;
    private const long MaxKilohertz = 450_000;
    private readonly Refusals refusals = new();
    private readonly InputPlaces places = new(session);

    public HbmRequest Read()
    {
        string[] overrides = parsed.GetValue(options.Set) ?? [];
        string designFile = places.DesignFile(parsed.GetValue(options.Design), refusals);
        string? timing = parsed.GetValue(options.Timing) is string set ? places.Open(set) : null;
        AcceleratorDesign? design = refusals.Try(() => Retimed(DesignFile.Read(designFile, overrides), timing));
        IReadOnlyList<int> ports = NumberList.Read("--ports", parsed.GetValue(options.Ports) ?? "0", refusals) ?? [];
        long? kilohertz = PortKilohertz(design);
        int? outstanding = Outstanding(design);
        int identifiers = IdentifiersOf(parsed.GetValue(options.Id));
        HbmStimulus? stimulus = parsed.GetValue(options.Trace) is string trace ? OfTrace(trace, ports, design) : OfPattern(ports, design);
        HbmOutputs outputs = HbmOutputs.Open(parsed.GetValue(options.Json), parsed.GetValue(options.PerRequest), parsed.GetValue(options.Pictures), places.Opened, session, refusals);
        if (refusals.Count > 0)
        {
            outputs.Dispose();
            stimulus?.Trace?.Pipe?.Dispose();
            refusals.ThrowIfAny();
        }

        HbmOptions echoed = Echo(stimulus!, ports, outstanding, identifiers, kilohertz!.Value, design!);
        string shown = places.Display(designFile);
        PortTraffic[] traffic = [.. stimulus!.Sources().Select(s => new PortTraffic(s.Port, s.Source, outstanding ?? 0, identifiers, s.PseudoChannels))];
        return new HbmRequest(design!, timing is null ? shown : $"{shown}, timing {places.Display(timing)}", overrides, echoed, traffic, kilohertz.Value, outputs, HbmCommandText.Of(echoed, shown, timing is null ? null : places.Display(timing), overrides));
    }

    private static AcceleratorDesign Retimed(AcceleratorDesign design, string? timing) =>
        timing is null ? design : HbmTimingFile.Read(timing).ApplyTo(design, timing);

    private HbmStimulus? OfPattern(IReadOnlyList<int> ports, AcceleratorDesign? design)
    {
        if (parsed.GetValue(options.TraceFormat) is string format)
        {
            refusals.Add("--trace-format", "value", format, "there is no trace", "Name one with --trace, or remove it");
        }

        HbmPatternReader reader = new(options, parsed, refusals);
        RequestPattern pattern = reader.Pattern();
        long requests = reader.Requests();
        IReadOnlyList<int> pseudoChannels = NumberList.Read("--pseudo-channels", parsed.GetValue(options.PseudoChannels) ?? "0", refusals) ?? [];
        if (ports.Count == 0 || pseudoChannels.Count == 0)
        {
            return null;
        }

        PortPairing pairing = PortPairing.Of(ports, pseudoChannels);
        if (design?.Axi.SwitchOn == false && pairing.Crossed() is (int port, int pseudoChannel))
        {
            refusals.Add("--pseudo-channels", "value", NumberList.Text(pseudoChannels), $"with axi.switchOn=false a port reaches only the pseudo-channel of its number, not {Text(port)} to {Text(pseudoChannel)}", "Give --ports and --pseudo-channels the same list, or leave the switch on");
        }

        CheckBurst(design, pattern.LongestBurst, pattern.WriteShare < 1, pattern.WriteShare > 0);
        return new HbmStimulus(pairing, pseudoChannels, pattern, requests, null, design?.Axi.SwitchOn != false);
    }

    private HbmStimulus? OfTrace(string given, IReadOnlyList<int> ports, AcceleratorDesign? design)
    {
        foreach (Option<string?> option in options.OfPattern.Where(o => parsed.GetValue(o) is not null))
        {
            refusals.Add(option.Name, "value", parsed.GetValue(option)!, "a trace says itself what it asks for, where and how often", "Remove it, or leave out --trace");
        }

        int bytes = new HbmPatternReader(options, parsed, refusals).Bytes();
        TraceFormat? format = Format();
        if (given.Length == 0)
        {
            refusals.Add("--trace", "value", given, "a file name is needed", "Name a trace");
            return null;
        }

        string file = places.Open(given);
        TraceInput? trace = TraceInput.Open(file, places.Display(file), format, bytes, refusals, session);
        if (trace is null || ports.Count == 0)
        {
            trace?.Pipe?.Dispose();
            return null;
        }

        Check(trace, ports, design);
        CheckBurst(design, MaxBurstBeats, true, true);
        bool switched = design?.Axi.SwitchOn != false;
        IReadOnlyList<int> reached = trace.Summary?.PseudoChannels ?? (switched ? [.. Enumerable.Range(0, HbmMemory.Width)] : ports);
        return new HbmStimulus(TracePairing(ports, reached, switched), reached, null, trace.Summary?.Requests, trace, switched);
    }

    private void Check(TraceInput trace, IReadOnlyList<int> ports, AcceleratorDesign? design)
    {
        if (trace.Layout.SaysBytes && parsed.GetValue(options.BytesPerRequest) is string bytes)
        {
            refusals.Add("--bytes-per-request", "value", bytes, $"{trace.Name} has a column of bytes", "Remove one of them");
        }

        if (trace.Pipe is not null && ports.Count > 1)
        {
            refusals.Add("--ports", "value", NumberList.Text(ports), $"{trace.Name} is a pipe, which can be read once: one port", "Store the trace in a file, or name one port");
        }

        int[] missing = design?.Axi.SwitchOn == false ? [.. trace.Summary?.PseudoChannels.Except(ports) ?? []] : [];
        if (missing.Length > 0)
        {
            refusals.Add("--ports", "value", NumberList.Text(ports), $"with axi.switchOn=false a port reaches only the pseudo-channel of its number, and {trace.Name} has requests to {NumberList.Text(missing)}", "Name these ports too, or leave the switch on");
        }
    }

    private static PortPairing TracePairing(IReadOnlyList<int> ports, IReadOnlyList<int> reached, bool switched)
    {
        string rule = !switched ? $"every request to the port of its pseudo-channel, of ports {NumberList.Text(ports)}"
            : ports.Count == 1 ? $"port {Text(ports[0])}, addresses say the pseudo-channel"
            : $"requests in turn to ports {NumberList.Text(ports)}, addresses say the pseudo-channel";
        return new(rule, [.. ports.Select((port, i) => (port, switched ? reached : [port], i))]);
    }

    private TraceFormat? Format()
    {
        TraceFormat[] known = Enum.GetValues<TraceFormat>();
        string? given = parsed.GetValue(options.TraceFormat);
        int at = Array.FindIndex(known, f => TraceLayout.NameOf(f) == given);
        if (given is not null && at < 0)
        {
            refusals.Add("--trace-format", "value", given, "no such format", $"Choose {string.Join(" | ", known.Select(TraceLayout.NameOf))}");
        }

        return at < 0 ? null : known[at];
    }

    /// <summary>A burst longer than the beats a port may have outstanding would never be issued.</summary>
    private void CheckBurst(AcceleratorDesign? design, int beats, bool reads, bool writes)
    {
        if (reads && design?.Axi.MaxOutstandingReads < beats)
        {
            refusals.Add("--set", "axi.maxOutstandingReads", Text(design.Axi.MaxOutstandingReads), $"a request is cut into bursts of up to {Text(beats)} beats, and one must fit", $"Allow {Text(beats)} or more, or make requests smaller");
        }

        if (writes && design?.Axi.MaxOutstandingWrites < beats)
        {
            refusals.Add("--set", "axi.maxOutstandingWrites", Text(design.Axi.MaxOutstandingWrites), $"a request is cut into bursts of up to {Text(beats)} beats, and one must fit", $"Allow {Text(beats)} or more, or make requests smaller");
        }
    }

    private int? Outstanding(AcceleratorDesign? design)
    {
        int most = design is null ? int.MaxValue : design.Axi.MaxOutstandingReads + design.Axi.MaxOutstandingWrites;
        return parsed.GetValue(options.Outstanding) is string text ? refusals.Integer("--outstanding", text, 1, most) : null;
    }

    private int IdentifiersOf(string? given)
    {
        if (given is not null and not "rotate" and not "one")
        {
            refusals.Add("--id", "value", given, "no such choice of identifiers", "Choose rotate | one");
        }

        return given == "one" ? 1 : Identifiers;
    }

    private long? PortKilohertz(AcceleratorDesign? design)
    {
        if (parsed.GetValue(options.PortMegahertz) is not string text)
        {
            return design?.Clocks.AxiKilohertz;
        }

        const string Remedy = "Give whole kilohertz in 1..450 MHz, for example 300 or 333.25";
        bool read = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal megahertz) && megahertz is >= MinKilohertz / 1000 and <= MaxKilohertz / 1000;
        if (!read || megahertz * 1000 != decimal.Truncate(megahertz * 1000))
        {
            refusals.Add("--port-megahertz", "value", text, "a port runs at 1..450 MHz, in whole kilohertz", Remedy);
            return null;
        }

        long kilohertz = (long)(megahertz * 1000);
        if (design is not null)
        {
            CheckClock(text, kilohertz, design.Clocks);
        }

        return kilohertz;
    }

    private void CheckClock(string text, long kilohertz, ClockDesign clocks)
    {
        try
        {
            _ = new TimeBase(kilohertz, clocks.AxiKilohertz);
        }
        catch (ArgumentOutOfRangeException)
        {
            refusals.Add("--port-megahertz", "value", text, $"the common tick rate with the AXI clock of {Text(clocks.AxiKilohertz)} kHz exceeds {TimeBase.MaxTicksPerSecond} per second", "Choose a clock with a smaller least common multiple, for example whole megahertz");
        }

        long needed = Math.Max(
            CrossingDepth.ForFullRate(kilohertz, clocks.AxiKilohertz, clocks.CrossingForwardEdges, clocks.CrossingBackwardEdges),
            CrossingDepth.ForFullRate(clocks.AxiKilohertz, kilohertz, clocks.CrossingForwardEdges, clocks.CrossingBackwardEdges));
        if (kilohertz != clocks.AxiKilohertz && clocks.CrossingDepth < needed)
        {
            refusals.Add("--set", "clocks.crossingDepth", Text(clocks.CrossingDepth), $"full rate between ports at {text} MHz and the AXI clock needs {Text(needed)} beats", $"Choose at least {Text(needed)}");
        }
    }

    private HbmOptions Echo(HbmStimulus stimulus, IReadOnlyList<int> ports, int? outstanding, int identifiers, long kilohertz, AcceleratorDesign design) => new()
    {
        Trace = stimulus.Trace?.Name,
        TraceFormat = stimulus.Trace?.Layout.Name,
        Pattern = stimulus.Pattern?.Kind.ToString().ToLowerInvariant(),
        StrideBytes = stimulus.Pattern is { Kind: not PatternKind.Random } pattern ? pattern.Stride : null,
        WorkingSetBytes = stimulus.Pattern?.WorkingSet,
        Requests = stimulus.Requests,
        Outstanding = outstanding,
        WriteShare = stimulus.Pattern?.WriteShare,
        BytesPerRequest = stimulus.Pattern?.BytesPerRequest ?? (stimulus.Trace!.Layout.SaysBytes ? null : stimulus.Trace.BytesPerRequest),
        Ports = ports,
        PseudoChannels = stimulus.Trace is null ? stimulus.PseudoChannels : null,
        Pairing = stimulus.Pairing.Rule,
        Id = identifiers == 1 ? "one" : "rotate",
        PortMegahertz = kilohertz / 1000.0,
        SwitchOn = design.Axi.SwitchOn,
        Seed = stimulus.Pattern?.Seed,
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
