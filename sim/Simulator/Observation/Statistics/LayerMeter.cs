using BcnnSim.Hardware;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Observation.Statistics;

/// <summary>
/// Start (command pushed) and end (completion of its last sink pushed) of every layer in order of execution, with what the array did in
/// between.
/// </summary>
public sealed class LayerMeter : IChannelObserver
{
    private readonly Accelerator machine;
    private readonly ActivityMeter activity;
    private readonly List<LayerSpan> spans = [];
    private readonly List<OpenLayer> open = [];

    public LayerMeter(Accelerator machine, ActivityMeter activity)
    {
        this.machine = machine;
        this.activity = activity;
        machine.Units.Pipeline[0].Attach(this);
        machine.Units.ActivationDone.Attach(this);
        machine.Units.ShortcutDone.Attach(this);
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
            LayerPlan layer = machine.Units.Pipeline[0].Pushing.Layer;
            open.Add(new OpenLayer(layer.Index, cycle, now, layer.Sinks.Count));
            return;
        }

        int index = ((Channel<Completion>)channel).Pushing.Tag;
        int at = open.FindIndex(o => o.Layer == index);
        OpenLayer entry = open[at];
        if (entry.Sinks > 1)
        {
            open[at] = entry with { Sinks = entry.Sinks - 1 };
            return;
        }

        open.RemoveAt(at);
        for (int i = 0; i < now.Length; i++)
        {
            now[i] -= entry.Activity[i];
        }

        spans.Add(new LayerSpan(entry.Start, cycle, now));
    }

    private readonly record struct OpenLayer(int Layer, long Start, long[] Activity, int Sinks);
}
