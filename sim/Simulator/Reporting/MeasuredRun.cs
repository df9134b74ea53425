using BcnnSim.Hardware;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Reporting;

/// <summary>One machine with its meters, run once.</summary>
internal sealed class MeasuredRun
{
    private readonly FrameSet frames;
    private readonly int count;

    public MeasuredRun(AcceleratorProgram program, FrameSet frames, int count, bool check, SimulationOptions? simulation)
    {
        this.frames = frames;
        this.count = count;
        Machine = new Accelerator(program, count, simulation);
        Activity = new ActivityMeter(Machine.Simulation);
        FrameTimes = new FrameMeter(Machine);
        Layers = new LayerMeter(Machine, Activity);
        Saturations = new SaturationMeter(Machine);
        Checker = check ? new ResultChecker(Machine, [.. frames.Frames.Take(count)]) : null;
    }

    public Accelerator Machine { get; }

    public ActivityMeter Activity { get; }

    public FrameMeter FrameTimes { get; }

    public LayerMeter Layers { get; }

    public SaturationMeter Saturations { get; }

    public ResultChecker? Checker { get; }

    /// <summary>Cycles of a clock up to the last edge of any clock: a sleeping clock's own counter stands still.</summary>
    public long CyclesOf(ClockDomain clock) => (Machine.Simulation.Now / clock.Period) + 1;

    /// <summary>Frames completed: all, unless the run was interrupted.</summary>
    public int Finished { get; private set; }

    /// <summary>Array cycles of the whole run.</summary>
    public long Cycles => CyclesOf(Machine.ArrayClock);

    /// <summary>Runs all frames; when cancelled after at least one is complete, ends with those that are.</summary>
    public void Run(IProgress<int>? progress, CancellationToken cancellation)
    {
        for (int i = 0; i < count; i++)
        {
            Machine.LoadFrame(i, frames.Frames[i]);
        }

        if (progress is not null)
        {
            Machine.Units.Stored.Attach(new ProgressObserver(progress));
        }

        try
        {
            Machine.Simulation.Run(cancellation);
            Finished = count;
        }
        catch (OperationCanceledException) when (FrameTimes.Ends.Count > 0)
        {
            Finished = FrameTimes.Ends.Count;
        }

        foreach (HbmController memory in Machine.Memory)
        {
            memory.SettleRefresh(Machine.Simulation.Now / Machine.AxiClock.Period);
        }

        Checker?.Finish(Finished);
    }

    public List<FrameResult> Results()
    {
        List<FrameResult> results = [];
        for (int i = 0; i < Finished; i++)
        {
            (int top, long[] scores) = Machine.Result(i);
            results.Add(new FrameResult(i, frames.Frames[i].Label, top, scores, FrameTimes.Ends[i] - FrameTimes.Starts[i]));
        }

        return results;
    }

    private sealed class ProgressObserver(IProgress<int> progress) : IChannelObserver
    {
        private int frames;

        public void OnCommit(Channel channel, long time, bool pushed, bool popped)
        {
            if (pushed)
            {
                progress.Report(++frames);
            }
        }
    }
}
