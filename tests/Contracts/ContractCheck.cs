using BcnnSim.Kernel;

namespace BcnnSim.Tests.Contracts;

/// <summary>
/// The kernel contract, checked from outside on anything that runs: ways of running that must not matter, what must be empty at the
/// end, and reasons of cycles. The planted faults run through the same check.
/// </summary>
internal static class ContractCheck
{
    /// <summary>Every violation in words, led by the way of running that showed it; empty when the contract holds.</summary>
    public static List<string> Violations(Func<SimulationOptions, ContractSubject> create)
    {
        ContractOutcome expected = ContractOutcome.Of(create(new SimulationOptions()));
        List<string> found = [.. expected.Leftovers.Select(l => $"at the end: {l}")];
        foreach ((string way, SimulationOptions options) in Ways())
        {
            found.AddRange(ContractOutcome.Of(create(options)).DifferencesFrom(expected).Select(d => $"{way}: {d}"));
        }

        found.AddRange(Classified(create, expected));
        return found;
    }

    private static IEnumerable<(string Way, SimulationOptions Options)> Ways()
    {
        yield return ("without skipping", new SimulationOptions(Skipping: false));
        yield return ("spurious ticks", new SimulationOptions(TickEverything: true));
        for (int seed = 1; seed <= 3; seed++)
        {
            yield return ($"order seed {seed}", new SimulationOptions(OrderSeed: seed));
        }

        yield return ("order seed 4 and spurious ticks", new SimulationOptions(OrderSeed: 4, TickEverything: true));
    }

    private static IEnumerable<string> Classified(Func<SimulationOptions, ContractSubject> create, ContractOutcome expected)
    {
        ContractSubject subject = create(new SimulationOptions());
        ClassifyWitness witness = new();
        subject.Simulation.Observe(witness);
        foreach (string difference in ContractOutcome.Of(subject).DifferencesFrom(expected))
        {
            yield return $"asked for reasons: {difference}";
        }

        foreach (string objection in witness.Objections)
        {
            yield return $"reason: {objection}";
        }
    }
}
