using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Hardware.Traffic;
using BcnnSim.Mapping;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Reporting;

/// <summary>What `hbm --json` writes: schema "bcnnsim.hbm/1".</summary>
public sealed record HbmReport
{
    public const string SchemaName = "bcnnsim.hbm/1";

    /// <summary>DRAM clocks of an AXI cycle (hbm.md section 1).</summary>
    public const int DramClocks = 2;

    public required string Schema { get; init; }

    /// <summary>Command line that makes it again.</summary>
    public required string Command { get; init; }

    /// <summary>Version of the simulator.</summary>
    public required string Version { get; init; }

    public required HbmOptions Options { get; init; }

    /// <summary>True if it was stopped: the figures then cover what was completed.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>Completed.</summary>
    public required long Requests { get; init; }

    public required long Reads { get; init; }

    public required long Writes { get; init; }

    /// <summary>Asked for by the completed requests.</summary>
    public required long Bytes { get; init; }

    /// <summary>Moved by the DRAM, whole bursts of 32 bytes: more where requests are not aligned.</summary>
    public required long BurstBytes { get; init; }

    /// <summary>AXI cycles from the first offer to the last completion.</summary>
    public required long Cycles { get; init; }

    /// <summary>The same in DRAM clocks.</summary>
    public required long MemoryCycles { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Bytes / seconds; null if nothing was completed.</summary>
    public required double? BytesPerSecond { get; init; }

    /// <summary>Of the pseudo-channels reached: 32 bytes per AXI cycle each.</summary>
    public required double PeakBytesPerSecond { get; init; }

    public required double? ShareOfPeak { get; init; }

    /// <summary>Of the ports in use: 32 bytes per cycle of their clock each, per direction.</summary>
    public required double PortBytesPerSecond { get; init; }

    /// <summary>Null if nothing was read.</summary>
    public required RequestLatency? ReadLatencyNanoseconds { get; init; }

    /// <summary>Null if nothing was written.</summary>
    public required RequestLatency? WriteLatencyNanoseconds { get; init; }

    public required long RowHits { get; init; }

    public required long RowMisses { get; init; }

    public required long RowConflicts { get; init; }

    public required long Refreshes { get; init; }

    /// <summary>Those that requests reached, in order.</summary>
    public required IReadOnlyList<PseudoChannelReport> PerPseudoChannel { get; init; }

    /// <summary>The resolved design, every parameter.</summary>
    public required AcceleratorDesign Design { get; init; }

    /// <param name="bench">After its run.</param>
    /// <param name="meter">Its observer.</param>
    /// <param name="design">Its design.</param>
    /// <param name="options">What drove it.</param>
    /// <param name="command">Command line that makes it again.</param>
    /// <param name="version">Of the simulator.</param>
    /// <param name="interrupted">Whether it was stopped.</param>
    public static HbmReport Of(MemoryBench bench, RequestMeter meter, AcceleratorDesign design, HbmOptions options, string command, string version, bool interrupted)
    {
        double seconds = bench.Cycles / (design.Clocks.AxiKilohertz * 1e3);
        double peak = design.Clocks.AxiKilohertz * 1e3 * MemoryPlan.BeatBytes;
        PseudoChannelReport[] channels = [.. bench.Memory.PseudoChannels.Where(p => Reached(bench.Memory.Statistics(p))).Select(p => Channel(p, bench, meter, seconds, peak))];
        long bytes = channels.Sum(c => c.ReadBytes + c.WriteBytes);
        double? rate = seconds > 0 ? bytes / seconds : null;
        return new HbmReport
        {
            Schema = SchemaName,
            Command = command,
            Version = version,
            Options = options,
            Interrupted = interrupted,
            Requests = bench.Completed,
            Reads = meter.Reads.Count,
            Writes = meter.Writes.Count,
            Bytes = bytes,
            BurstBytes = channels.Sum(c => bench.Memory.Statistics(c.PseudoChannel).ReadBeats + bench.Memory.Statistics(c.PseudoChannel).WriteBeats) * MemoryPlan.BeatBytes,
            Cycles = bench.Cycles,
            MemoryCycles = bench.Cycles * DramClocks,
            Seconds = seconds,
            BytesPerSecond = rate,
            PeakBytesPerSecond = peak * channels.Length,
            ShareOfPeak = rate / (peak * channels.Length),
            PortBytesPerSecond = bench.Ports.Count * bench.PortClock.Kilohertz * 1e3 * MemoryPlan.BeatBytes,
            ReadLatencyNanoseconds = RequestLatency.Of(meter.Reads, bench.PortClock.Kilohertz),
            WriteLatencyNanoseconds = RequestLatency.Of(meter.Writes, bench.PortClock.Kilohertz),
            RowHits = channels.Sum(c => c.RowHits),
            RowMisses = channels.Sum(c => c.RowMisses),
            RowConflicts = channels.Sum(c => c.RowConflicts),
            Refreshes = channels.Sum(c => c.Refreshes),
            PerPseudoChannel = channels,
            Design = design,
        };
    }

    private static bool Reached(HbmStatistics counts) => counts.ReadBeats + counts.WriteBeats > 0;

    private static PseudoChannelReport Channel(int pseudoChannel, MemoryBench bench, RequestMeter meter, double seconds, double peak)
    {
        HbmStatistics counts = bench.Memory.Statistics(pseudoChannel);
        double? rate = seconds > 0 ? (meter.ReadBytes[pseudoChannel] + meter.WriteBytes[pseudoChannel]) / seconds : null;
        return new PseudoChannelReport
        {
            PseudoChannel = pseudoChannel,
            Requests = meter.Requests[pseudoChannel],
            ReadBytes = meter.ReadBytes[pseudoChannel],
            WriteBytes = meter.WriteBytes[pseudoChannel],
            BytesPerSecond = rate,
            ShareOfPeak = rate / peak,
            RowHits = counts.RowHits,
            RowMisses = counts.RowMisses,
            RowConflicts = counts.RowConflicts,
            Refreshes = counts.Refreshes,
        };
    }
}
