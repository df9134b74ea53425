namespace BcnnSim.Reporting;

/// <summary>What frames per second and utilization mean: accelerator.md section 4.</summary>
public enum ClaimDefinition
{
    /// <summary>One frame in flight on the idle machine: 1 / latency.</summary>
    Latency,

    /// <summary>Frames follow each other as the design allows: 1 / interval.</summary>
    Interval,
}
