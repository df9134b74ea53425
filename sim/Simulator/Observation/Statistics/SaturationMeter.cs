using BcnnSim.Hardware;
using BcnnSim.Hardware.Compute;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Observation.Statistics;

/// <summary>Components saturated by the norm and by the residual add, per layer, from the values that leave the residual unit.</summary>
public sealed class SaturationMeter : IChannelObserver
{
    private readonly Accelerator machine;
    private readonly long[] norm;
    private readonly long[] add;
    private readonly long[] components;

    public SaturationMeter(Accelerator machine)
    {
        this.machine = machine;
        norm = new long[machine.Program.Layers.Count];
        add = new long[norm.Length];
        components = new long[norm.Length];
        machine.ActivationValues.Attach(this);
        machine.ShortcutValues.Attach(this);
        machine.ClassifierValues.Attach(this);
    }

    /// <summary>Saturated by the norm.</summary>
    public IReadOnlyList<long> Norm => norm;

    /// <summary>Saturated by the residual add.</summary>
    public IReadOnlyList<long> Add => add;

    /// <summary>Components seen: two per value.</summary>
    public IReadOnlyList<long> Components => components;

    /// <summary>A beat may go to several sinks: it counts at the first of activation buffer, shortcut map and classifier.</summary>
    public static bool Counts(Accelerator machine, Channel channel)
    {
        LayerSinks sinks = machine.Program.Layers[((Channel<ValueBeat>)channel).Pushing.Values.Layer].Sinks;
        return channel == (sinks.Bits ? machine.ActivationValues : sinks.Shortcut ? machine.ShortcutValues : machine.ClassifierValues);
    }

    public void OnCommit(Channel channel, long time, bool pushed, bool popped)
    {
        if (!pushed || !Counts(machine, channel))
        {
            return;
        }

        ValueBlock block = ((Channel<ValueBeat>)channel).Pushing.Values;
        norm[block.Layer] += block.NormSaturations;
        add[block.Layer] += block.AddSaturations;
        components[block.Layer] += 2L * block.Pixels * block.Channels;
    }
}
