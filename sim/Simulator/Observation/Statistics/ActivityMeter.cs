using BcnnSim.Kernel;

namespace BcnnSim.Observation.Statistics;

/// <summary>
/// Cycle accounting: integrates each component's reason on change, also while it sleeps. Every cycle has exactly one reason, so a
/// component's reasons sum to its cycles.
/// </summary>
public sealed class ActivityMeter : ISimulationObserver
{
    private readonly long[][] cycles;
    private readonly int[] current;
    private readonly long[] since;

    public ActivityMeter(Simulation simulation)
    {
        int count = simulation.Components.Count;
        cycles = new long[count][];
        current = new int[count];
        since = new long[count];
        foreach (Component component in simulation.Components)
        {
            if (Math.Max(component.Consumed.Count, component.Produced.Count) > Activity.MaxChannels)
            {
                throw new ModelException(component, 0, null, $"more than {Activity.MaxChannels} channels on one side cannot be accounted");
            }

            cycles[component.Id] = new long[Activity.CodeCount];
            current[component.Id] = component.Classify(0).Code;
        }

        simulation.Observe(this);
    }

    public void BeforeTick(Component component, long cycle) => Change(component.Id, component.Classify(cycle).Code, cycle);

    public void AfterSleep(Component component, long cycle) => Change(component.Id, component.Classify(cycle + 1).Code, cycle + 1);

    /// <summary>Cycles per code up to (excluding) <paramref name="end"/>; a copy.</summary>
    public long[] Snapshot(Component component, long end)
    {
        long[] copy = [.. cycles[component.Id]];
        copy[current[component.Id]] += end - since[component.Id];
        return copy;
    }

    /// <summary>Readable name of a code: the reason, with the channel behind it.</summary>
    public static string NameOf(Component component, int code)
    {
        ActivityReason reason = (ActivityReason)(code / Activity.MaxChannels);
        int channel = code % Activity.MaxChannels;
        return reason switch
        {
            ActivityReason.Starved => $"starved by {component.Consumed[channel].Name}",
            ActivityReason.BackPressured => $"back-pressured by {component.Produced[channel].Name}",
            ActivityReason.BankConflict => "bank conflict",
            _ => reason.ToString().ToLowerInvariant(),
        };
    }

    private void Change(int id, int code, long cycle)
    {
        if (code == current[id])
        {
            return;
        }

        cycles[id][current[id]] += cycle - since[id];
        current[id] = code;
        since[id] = cycle;
    }
}
