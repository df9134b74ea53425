using System.CommandLine;

namespace BcnnSim.Cli;

/// <summary>Options of `hbm`.</summary>
internal sealed class HbmOptionSet
{
    public Option<string?> Trace { get; } = Text("--trace", "FILE", "Requests to replay: lines `R|W 0xADDRESS`, `0xADDRESS READ|WRITE CYCLE`, or CSV under a header of kind, address, perhaps bytes and cycle");

    public Option<string?> TraceFormat { get; } = Text("--trace-format", "NAME", "kind-address, address-kind-cycle or csv; default by the first line");

    public Option<string?> Pattern { get; } = Text("--pattern", "NAME", "sequential, stride or random requests inside each pseudo-channel; default sequential");

    public Option<string?> Stride { get; } = Text("--stride", "BYTES", "From one request to the next, for --pattern stride");

    public Option<string?> WorkingSet { get; } = Text("--working-set", "BYTES", "Bytes of each pseudo-channel, from its start, that the addresses lie in; default 268435456, all of it");

    public Option<string?> Requests { get; } = Text("--requests", "N", $"Requests in all, dealt evenly to the ports; default {HbmPatternReader.DefaultRequests}");

    public Option<string?> Outstanding { get; } = Text("--outstanding", "N", "Requests a port keeps outstanding at most; default as many as its outstanding beats allow (saturating)");

    public Option<string?> WriteShare { get; } = Text("--write-share", "X", "Probability, 0..1, with which a request of a pattern is a write; default 0");

    public Option<string?> BytesPerRequest { get; } = Text("--bytes-per-request", "N", $"Bytes of a request, any alignment; default {HbmPatternReader.DefaultBytes}");

    public Option<string?> Ports { get; } = Text("--ports", "LIST", "Ports in use, 0..31, for example 0-3,8; default 0");

    public Option<string?> PseudoChannels { get; } = Text("--pseudo-channels", "LIST", "Pseudo-channels of a pattern: as many as ports = one to one; one = all ports to it; else every port round robin over all; default 0");

    public Option<string?> Id { get; } = Text("--id", "rotate|one", "AXI identifiers of a port: rotating over 64, or one, which keeps the order; default rotate");

    public Option<string?> PortMegahertz { get; } = Text("--port-megahertz", "F", "Clock of the ports, 1..450; default the AXI clock of the design, 450 MHz on the reference");

    public Option<string?> Seed { get; } = Text("--seed", "N", "Of random addresses and of the choice of writes; default 1");

    public Option<string?> Timing { get; } = Text("--timing", "FILE", "DRAM timing set in place of the design's, for example models/timings/hbm2-8gb.json; the AXI clock becomes half its clock");

    public Option<string?> Design { get; } = CommonOptions.Design();

    public Option<string[]> Set { get; } = CommonOptions.Set();

    public Option<string?> PerRequest { get; } = Text("--per-request", "FILE", "Write every completed request as CSV to FILE, in order of completion");

    public Option<string?> Pictures { get; } = Text("--pictures", "FOLDER", "Draw bandwidth over time and the distribution of latencies into FOLDER: bandwidth.svg, latency.svg");

    public Option<string?> Json { get; } = CommonOptions.Json();

    /// <summary>Options that only a pattern has.</summary>
    public IReadOnlyList<Option<string?>> OfPattern => [Pattern, Stride, WorkingSet, Requests, WriteShare, PseudoChannels, Seed];

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            Trace, TraceFormat, Pattern, Stride, WorkingSet, Requests, Outstanding, WriteShare, BytesPerRequest, Ports, PseudoChannels, Id, PortMegahertz, Seed,
            Timing, Design, Set, PerRequest, Pictures, Json,
        })
        {
            command.Options.Add(option);
        }
    }

    private static Option<string?> Text(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };
}
