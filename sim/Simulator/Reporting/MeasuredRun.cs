using BcnnSim.Hardware;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Reporting;

/// <summary>One machine, all its replicas, with meters, run once.</summary>
internal sealed class MeasuredRun
{
    private readonly FrameSet frames;
    private readonly int count;
    private readonly ReplicaSet machine;

    public MeasuredRun(AcceleratorProgram program, FrameSet frames, int count, bool check, SimulationOptions? simulation)
    {
        this.frames = frames;
        this.count = count;
        machine = new ReplicaSet(program, count, simulation);
        Activity = new ActivityMeter(machine.Simulation);
        Replicas = [.. machine.Replicas.Select((m, r) => new ReplicaMeters(m, Activity, check ? FramesOf(r) : null))];
    }

    /// <summary>In order; the only one of a machine without replicas.</summary>
    public IReadOnlyList<ReplicaMeters> Replicas { get; }

    public ReplicaMeters First => Replicas[0];

    public Simulation Simulation => machine.Simulation;

    public HbmMemory Memory => machine.Memory;

    /// <summary>Name of a pseudo-channel: its stream's, or its own.</summary>
    public string NameOf(int pseudoChannel) => machine.NameOf(pseudoChannel);

    public ActivityMeter Activity { get; }

    /// <summary>Cycles of a clock up to the last edge of any clock: a sleeping clock's own counter stands still.</summary>
    public long CyclesOf(ClockDomain clock) => (Simulation.Now / clock.Period) + 1;

    /// <summary>Frames completed: all, unless the run was interrupted.</summary>
    public int Finished { get; private set; }

    /// <summary>Array cycles of the whole run.</summary>
    public long Cycles => CyclesOf(First.Machine.ArrayClock);

    /// <summary>Runs all frames; when cancelled after at least one is complete, ends with those that are.</summary>
    public void Run(IProgress<int>? progress, CancellationToken cancellation)
    {
        for (int i = 0; i < count; i++)
        {
            machine.LoadFrame(i, frames.Frames[i]);
        }

        if (progress is not null)
        {
            ProgressObserver observer = new(progress);
            foreach (ReplicaMeters replica in Replicas)
            {
                replica.Machine.Units.Stored.Attach(observer);
            }
        }

        try
        {
            Simulation.Run(cancellation);
            Finished = count;
        }
        catch (OperationCanceledException) when (FinishedInOrder() > 0)
        {
            Finished = FinishedInOrder();
        }

        Memory.SettleRefresh(Simulation.Now / First.Machine.AxiClock.Period);

        for (int r = 0; r < Replicas.Count; r++)
        {
            Replicas[r].Checker?.Finish(machine.FramesOf(r, Finished));
        }
    }

    /// <summary>Start and end of a completed frame, array cycles.</summary>
    public (long Start, long End) TimesOf(int frame)
    {
        FrameMeter times = Replicas[frame % Replicas.Count].FrameTimes;
        return (times.Starts[frame / Replicas.Count], times.Ends[frame / Replicas.Count]);
    }

    /// <summary>Frames complete before the first that is not.</summary>
    private int FinishedInOrder()
    {
        int finished = count;
        for (int r = 0; r < Replicas.Count; r++)
        {
            finished = Math.Min(finished, (Replicas[r].FrameTimes.Ends.Count * Replicas.Count) + r);
        }

        return finished;
    }

    private List<Frame> FramesOf(int replica) => [.. frames.Frames.Take(count).Where((_, i) => i % machine.Replicas.Count == replica)];

    public List<FrameResult> Results()
    {
        List<FrameResult> results = [];
        for (int i = 0; i < Finished; i++)
        {
            (int top, long[] scores) = machine.Result(i);
            (long start, long end) = TimesOf(i);
            results.Add(new FrameResult(i, frames.Frames[i].Label, top, scores, end - start));
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
