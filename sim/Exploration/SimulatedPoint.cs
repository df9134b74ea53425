using BcnnSim.Design;
using BcnnSim.Networks;
using BcnnSim.Reporting;

namespace BcnnSim.Exploration;

/// <summary>One array simulated on a network: cycles of a frame under one definition.</summary>
public sealed record SimulatedPoint
{
    public required int OutputLanes { get; init; }

    public required int PixelLanes { get; init; }

    public required int InputLanes { get; init; }

    public required int Lanes { get; init; }

    /// <summary>Latency or interval.</summary>
    public required double Cycles { get; init; }

    public required double FramesPerSecond { get; init; }

    public required double Utilization { get; init; }

    public required bool Reached { get; init; }

    public static SimulatedPoint Of(ArrayGeometry geometry, AcceleratorDesign design, Network network, ClaimTarget target, CancellationToken cancellation)
    {
        bool latency = target.Definition == ClaimDefinition.Latency;
        int frames = latency ? 1 : (design.Execution.FramesInFlight * design.Execution.Replicas) + 17;
        RunReport report = MachineRun.Execute(network, design, PatternFrames.Of(network.Input, frames), new RunOptions(frames, Check: false), null, cancellation).Report;
        double cycles = latency ? report.LatencyCycles : report.IntervalCycles!.Value;
        double rate = latency ? report.FpsByLatency : report.FpsByInterval!.Value;
        double utilization = latency ? report.Utilization : report.UtilizationSteady!.Value;
        return new SimulatedPoint
        {
            OutputLanes = geometry.Po,
            PixelLanes = geometry.Pp,
            InputLanes = geometry.Pi,
            Lanes = geometry.Lanes,
            Cycles = cycles,
            FramesPerSecond = rate,
            Utilization = utilization,
            Reached = rate >= target.FramesPerSecond && utilization >= target.Utilization,
        };
    }
}
