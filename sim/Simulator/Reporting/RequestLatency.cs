using BcnnSim.Observation.Statistics;

namespace BcnnSim.Reporting;

/// <summary>Latencies of requests in nanoseconds: whole cycles of the port's clock; percentiles by nearest rank.</summary>
public sealed record RequestLatency(double Min, double Mean, double P50, double P90, double P99, double P999, double Max)
{
    /// <summary>Null if there was no request.</summary>
    public static RequestLatency? Of(LatencyHistogram cycles, long kilohertz)
    {
        return cycles.Count == 0
            ? null
            : new(Time(cycles.Minimum), Time(cycles.Mean), At(500), At(900), At(990), At(999), Time(cycles.Maximum));

        double Time(double count) => count * 1e6 / kilohertz;
        double At(int perMille) => Time(cycles.Percentile(perMille));
    }
}
