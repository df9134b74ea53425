using BcnnSim.Kernel;

namespace BcnnSim.Tests.Contracts;

/// <summary>Everything one way of running leaves behind that no other way may change.</summary>
internal sealed class ContractOutcome
{
    private readonly SortedDictionary<string, string> facts = new(StringComparer.Ordinal);

    private ContractOutcome()
    {
    }

    /// <summary>Channels and components that are not empty at the end; the error, if the run did not end by itself.</summary>
    public List<string> Leftovers { get; } = [];

    /// <summary>Beats popped per component.</summary>
    public Dictionary<Component, long> Popped { get; } = [];

    public static ContractOutcome Of(ContractSubject subject)
    {
        Simulation simulation = subject.Simulation;
        (Channel Channel, ChannelTrace Trace)[] traces = [.. simulation.Channels.Select(c => (c, new ChannelTrace()))];
        foreach ((Channel channel, ChannelTrace trace) in traces)
        {
            channel.Attach(trace);
        }

        ContractOutcome outcome = new();
        outcome.Run(subject);
        outcome.facts["final time"] = $"{simulation.Now}";
        foreach ((Channel channel, ChannelTrace trace) in traces)
        {
            outcome.facts[$"channel {channel.Name}"] = trace.ToString();
            outcome.Leftovers.AddRange(channel.Count > 0 ? [$"channel {channel.Name} holds {channel.Count}"] : Array.Empty<string>());
            if (channel.Consumer is Component consumer)
            {
                outcome.Popped[consumer] = outcome.Popped.GetValueOrDefault(consumer) + trace.Pops;
            }
        }

        outcome.Leftovers.AddRange(simulation.Components.Where(c => c.HoldsWork).Select(c => $"component {c.Name} holds work"));
        return outcome;
    }

    /// <summary>Facts that differ from another outcome, in words; empty if there are none.</summary>
    public IEnumerable<string> DifferencesFrom(ContractOutcome other) =>
        facts.Where(f => other.facts.GetValueOrDefault(f.Key) != f.Value)
            .Select(f => $"{f.Key}: {f.Value} instead of {other.facts.GetValueOrDefault(f.Key)}");

    private void Run(ContractSubject subject)
    {
        try
        {
            subject.Simulation.Run();
            facts["result"] = subject.Result();
        }
        catch (Exception e) when (e is DeadlockException or ModelException)
        {
            facts["result"] = $"{e.GetType().Name}: {e.Message}";
            Leftovers.Add(facts["result"]);
        }
    }
}
