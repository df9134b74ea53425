using System.Numerics;
using BcnnSim.Hardware.Traffic;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Cli.Traces;

/// <summary>What a first reading of a whole trace finds: nothing starts before all of it is known.</summary>
/// <param name="Layout">Format and fields.</param>
/// <param name="Requests">In all.</param>
/// <param name="PseudoChannels">Those its addresses lie in, in order.</param>
internal sealed record TraceSummary(TraceLayout Layout, long Requests, IReadOnlyList<int> PseudoChannels)
{
    /// <summary>Bad lines that are reported.</summary>
    public const int MaxFaults = 20;

    /// <summary>Null with the refusals collected: up to <see cref="MaxFaults"/> lines, and how many more are wrong.</summary>
    public static TraceSummary? Of(TraceReader reader, string name, Refusals refusals, CancellationToken cancellation)
    {
        long requests = 0;
        long faults = Count(reader.Fault, 0, refusals);
        uint reached = 0;
        while (reader.TryNext(out MemoryRequest request))
        {
            faults = Count(reader.Fault, faults, refusals);
            requests++;
            reached |= reader.Fault is null ? 1u << RequestMeter.PseudoChannelOf(request) : 0;
            if ((requests & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        if (faults > MaxFaults)
        {
            refusals.Add(name, "lines", $"{faults - MaxFaults} more", "they are wrong as well", "Correct the first ones, then look again");
        }

        if (faults == 0 && requests == 0)
        {
            refusals.Add(name, "lines", "only a header", "a trace has at least one request", "Give a trace with a request per line");
        }

        return faults > 0 || requests == 0 ? null : new TraceSummary(reader.Layout!, requests, Channels(reached));
    }

    private static long Count(Violation? fault, long before, Refusals refusals)
    {
        if (fault is null)
        {
            return before;
        }

        if (before < MaxFaults)
        {
            refusals.Add(fault);
        }

        return before + 1;
    }

    private static List<int> Channels(uint reached)
    {
        List<int> channels = [];
        for (; reached != 0; reached &= reached - 1)
        {
            channels.Add(BitOperations.TrailingZeroCount(reached));
        }

        return channels;
    }
}
