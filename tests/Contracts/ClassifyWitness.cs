using BcnnSim.Kernel;

namespace BcnnSim.Tests.Contracts;

/// <summary>
/// Asks every component for its reason before each tick and when it falls asleep, twice, and holds the answer against the state of
/// the channels it names. That asking changes nothing is seen from the outcome of the run.
/// </summary>
internal sealed class ClassifyWitness : ISimulationObserver
{
    private readonly SortedSet<string> objections = new(StringComparer.Ordinal);

    public IEnumerable<string> Objections => objections;

    public void BeforeTick(Component component, long cycle) => Ask(component, cycle);

    public void AfterSleep(Component component, long cycle) => Ask(component, cycle + 1);

    private static bool IsPlain(Channel channel) => channel.GetType().GetGenericTypeDefinition() == typeof(Channel<>);

    private void Ask(Component component, long cycle)
    {
        Activity activity = component.Classify(cycle);
        if (component.Classify(cycle) != activity)
        {
            Object(component, activity, "a second call gives another reason");
        }

        switch (activity.Reason)
        {
            case ActivityReason.Starved:
                CheckChannel(component, activity, component.Consumed, static c => c.Count == 0, "is not empty");
                break;
            case ActivityReason.BackPressured:
                CheckChannel(component, activity, component.Produced, static c => c.Count == c.Depth, "is not full");
                break;
            case ActivityReason.Done or ActivityReason.Draining or ActivityReason.Busy when activity.ChannelIndex != 0:
                Object(component, activity, "names a channel");
                break;
            case ActivityReason.Done when component.HoldsWork:
                Object(component, activity, "holds work");
                break;
            case ActivityReason.Busy when !component.HoldsWork && component.Consumed.All(c => c.Count == 0):
                Object(component, activity, "has nothing to do");
                break;
        }
    }

    /// <summary>Of a crossing only the committed count is known here, not what its ends can see: plain channels are checked.</summary>
    private void CheckChannel(Component component, Activity activity, IReadOnlyList<Channel> channels, Func<Channel, bool> holds, string otherwise)
    {
        if (activity.ChannelIndex >= channels.Count)
        {
            Object(component, activity, $"names channel {activity.ChannelIndex} of {channels.Count}");
            return;
        }

        Channel channel = channels[activity.ChannelIndex];
        if (IsPlain(channel) && !holds(channel))
        {
            Object(component, activity, $"but {channel.Name} {otherwise}");
        }
    }

    private void Object(Component component, Activity activity, string what) =>
        objections.Add($"{component.GetType().Name} {component.Name} {activity.Reason}: {what}");
}
