using BcnnSim.Hardware;
using BcnnSim.Kernel;

namespace BcnnSim.Observation.Statistics;

/// <summary>
/// Start (command pushed) and end (completion pushed) of every layer in order of execution, with what the array did in between.
/// </summary>
public sealed class LayerMeter : IChannelObserver
{
    private readonly Accelerator machine;
    private readonly ActivityMeter activity;
    private readonly List<LayerSpan> spans = [];
    private readonly Queue<(long Cycle, long[] Activity)> open = new();

    public LayerMeter(Accelerator machine, ActivityMeter activity)
    {
        this.machine = machine;
        this.activity = activity;
        machine.Units.Pipeline[0].Attach(this);
        machine.Units.ActivationDone.Attach(this);
        machine.Units.ClassifierDone.Attach(this);
    }

    /// <summary>Completed layers: frame = index / layers, layer = index % layers.</summary>
    public IReadOnlyList<LayerSpan> Spans => spans;

    public void OnCommit(Channel channel, long time, bool pushed, bool popped)
    {
        if (!pushed)
        {
            return;
        }

        long cycle = machine.ArrayClock.Cycle;
        long[] now = activity.Snapshot(machine.PeArray, cycle);
        if (channel == machine.Units.Pipeline[0])
        {
            open.Enqueue((cycle, now));
            return;
        }

        (long start, long[] before) = open.Dequeue();
        for (int i = 0; i < now.Length; i++)
        {
            now[i] -= before[i];
        }

        spans.Add(new LayerSpan(start, cycle, now));
    }
}
