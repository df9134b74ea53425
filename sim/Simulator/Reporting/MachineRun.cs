using BcnnSim.Design;
using BcnnSim.Hardware;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Reporting;

/// <summary>
/// Runs one network on one design and gathers the report: first one frame on one idle replica (latency, layers, losses), then all
/// frames with the design's frames in flight (interval, results, memory).
/// </summary>
public sealed class MachineRun
{
    private readonly Network network;
    private readonly AcceleratorDesign design;
    private readonly FrameSet frames;
    private readonly RunOptions options;

    private MachineRun(Network network, AcceleratorDesign design, FrameSet frames, RunOptions options)
    {
        this.network = network;
        this.design = design;
        this.frames = frames;
        this.options = options;
    }

    /// <summary>Results of every frame of the run, in order: class, scores, latency in array cycles.</summary>
    public IReadOnlyList<FrameResult> Results { get; private set; } = [];

    /// <summary>First difference from the reference executor, in words; null if none.</summary>
    public string? FirstMismatch { get; private set; }

    /// <summary>Whether it was cancelled; the report then covers the frames that were complete.</summary>
    public bool Interrupted { get; private set; }

    public RunReport Report { get; private set; } = null!;

    /// <summary>
    /// Runs to the end; <paramref name="progress"/> receives the number of frames finished. Cancelled before the first frame is complete
    /// it throws, later it reports what is done.
    /// </summary>
    public static MachineRun Execute(
        Network network, AcceleratorDesign design, FrameSet frames, RunOptions options, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        RunRules.Check(network, frames, options);
        MachineRun run = new(network, design, frames, options);
        run.Run(progress, cancellation);
        return run;
    }

    private void Run(IProgress<int>? progress, CancellationToken cancellation)
    {
        AcceleratorProgram program = LayerMapper.Map(network, design);
        RunRules.CheckMemory(program, options.Frames);
        AcceleratorDesign single = design with { Execution = design.Execution with { FramesInFlight = 1, Replicas = 1 } };
        MeasuredRun idle = new(LayerMapper.Map(network, single), frames, 1, check: false, options.Simulation);
        idle.Run(null, cancellation);
        MeasuredRun loaded = new(program, frames, options.Frames, options.Check, options.Simulation);
        loaded.Run(progress, cancellation);
        Interrupted = loaded.Finished < options.Frames;
        FirstMismatch = loaded.Replicas.Select(r => r.Checker?.FirstMismatch).FirstOrDefault(m => m is not null);
        Results = loaded.Results();
        Report = new ReportBuilder(network, design, options, idle, loaded).Build();
    }
}
