using BcnnSim.Hardware;
using BcnnSim.Networks;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Reporting;

/// <summary>The meters of one replica.</summary>
internal sealed class ReplicaMeters
{
    /// <param name="machine">The replica.</param>
    /// <param name="activity">Meter of the simulation it is part of.</param>
    /// <param name="check">Frames it gets, to be compared with the reference; null: not compared.</param>
    public ReplicaMeters(Accelerator machine, ActivityMeter activity, IReadOnlyList<Frame>? check)
    {
        Machine = machine;
        FrameTimes = new FrameMeter(machine);
        Layers = new LayerMeter(machine, activity);
        Saturations = new SaturationMeter(machine);
        Checker = check is null ? null : new ResultChecker(machine, check);
    }

    public Accelerator Machine { get; }

    public FrameMeter FrameTimes { get; }

    public LayerMeter Layers { get; }

    public SaturationMeter Saturations { get; }

    public ResultChecker? Checker { get; }
}
