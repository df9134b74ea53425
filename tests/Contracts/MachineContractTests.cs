using System.Reflection;
using BcnnSim.Hardware;
using BcnnSim.Kernel;
using Xunit;

namespace BcnnSim.Tests.Contracts;

/// <summary>The kernel contract over every component there is, on whole machines.</summary>
public sealed class MachineContractTests
{
    public static TheoryData<int> MemorySeeds => [.. Enumerable.Range(0, MemoryCases.Count)];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, MachineCases.All.Count)];

    /// <summary>
    /// Skipping, component order, spurious ticks and questions for reasons change neither a result nor a commit of any channel nor
    /// the final time; at the end no component holds work and every channel is empty; reasons fit the channels they name.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void No_way_of_running_changes_an_event(int index)
    {
        MachineCase machine = MachineCases.All[index];
        List<string> violations = ContractCheck.Violations(options => machine.Subject(options));
        Assert.True(violations.Count == 0, $"{machine.Name}:\n{string.Join('\n', violations.Take(20))}");
    }

    /// <summary>The same over memories alone, with traffic no machine makes.</summary>
    [Theory]
    [MemberData(nameof(MemorySeeds))]
    public void No_way_of_running_changes_an_event_of_the_memory(int seed)
    {
        List<string> violations = ContractCheck.Violations(options => MemoryCases.Subject(seed, options));
        Assert.True(violations.Count == 0, $"seed {seed}:\n{string.Join('\n', violations.Take(20))}");
    }

    /// <summary>A new component that no case brings to work fails here: it has no place in the contract suite yet.</summary>
    [Fact]
    public void Every_component_class_works_in_some_case()
    {
        HashSet<Type> worked = [];
        IEnumerable<ContractSubject> machines = MachineCases.All.Select(m => m.Subject(new SimulationOptions()));
        foreach (ContractSubject subject in machines.Concat(Enumerable.Range(0, MemoryCases.Count).Select(seed => MemoryCases.Subject(seed, new SimulationOptions()))))
        {
            ContractOutcome outcome = ContractOutcome.Of(subject);
            worked.UnionWith(outcome.Popped.Where(p => p.Value > 0).Select(p => p.Key.GetType()));
        }

        IEnumerable<Type> missing = typeof(Accelerator).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Component)) && !worked.Contains(t));
        Assert.True(!missing.Any(), $"no contract case brings to work: {string.Join(", ", missing.Select(t => t.Name))}");
    }

    [Fact]
    public void Every_component_class_is_sealed()
    {
        IEnumerable<Type> open = typeof(Accelerator).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Component)) && !t.IsSealed);
        Assert.Empty(open);
    }

    /// <summary>State of a process would join machines that run side by side.</summary>
    [Fact]
    public void No_component_class_has_mutable_static_state()
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        IEnumerable<string> mutable = typeof(Accelerator).Assembly.GetTypes()
            .Where(t => t.Namespace?.StartsWith("BcnnSim.Hardware", StringComparison.Ordinal) == true || t.Namespace == "BcnnSim.Kernel")
            .SelectMany(t => t.GetFields(Static))
            .Where(f => !f.IsLiteral && !f.IsInitOnly && !f.DeclaringType!.Name.Contains('<'))
            .Select(f => $"{f.DeclaringType!.Name}.{f.Name}");
        Assert.Empty(mutable);
    }
}
