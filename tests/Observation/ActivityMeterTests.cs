using BcnnSim.Hardware;
using BcnnSim.Kernel;
using BcnnSim.Observation.Statistics;
using BcnnSim.Tests.Contracts;
using Xunit;

namespace BcnnSim.Tests.Observation;

/// <summary>Clauses 9 and 10 of the contract: time is integrated on change, and whoever looks on changes nothing.</summary>
public sealed class ActivityMeterTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, MachineCases.All.Count)];

    /// <summary>
    /// The meter of a run that skips and sleeps against plain counting: every component asked at every cycle of its clock. Sleepers do
    /// not tick, yet their cycles have the same reasons.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Cycles_integrated_on_change_equal_cycles_counted_one_by_one(int index)
    {
        MachineCase machine = MachineCases.All[index];
        Accelerator sleeping = machine.Build();
        ActivityMeter meter = new(sleeping.Simulation);
        sleeping.Simulation.Run();

        Accelerator awake = machine.Build(new SimulationOptions(TickEverything: true));
        CycleCounter counter = new(awake.Simulation);
        awake.Simulation.Run();
        foreach (Component component in sleeping.Simulation.Components)
        {
            long cycles = (sleeping.Simulation.Now / component.Clock.Period) + 1;
            long[] integrated = meter.Snapshot(component, cycles);
            Assert.Equal(cycles, integrated.Sum());
            long[] counted = counter.Cycles[component.Id];
            string[] different =
            [
                .. Enumerable.Range(0, counted.Length).Where(code => integrated[code] != counted[code])
                    .Select(code => $"{component.Name} {ActivityMeter.NameOf(component, code)}: {integrated[code]} instead of {counted[code]}"),
            ];
            Assert.True(different.Length == 0, $"{machine.Name}: {string.Join("; ", different)}");
        }
    }

    [Fact]
    public void Meters_and_checkers_change_no_event()
    {
        foreach (MachineCase machine in MachineCases.All.Where((_, i) => i % 4 == 0))
        {
            ContractOutcome expected = ContractOutcome.Of(machine.Subject(new SimulationOptions()));
            ContractOutcome observed = ContractOutcome.Of(machine.Subject(new SimulationOptions(), Attach));
            Assert.Empty(observed.DifferencesFrom(expected));
        }
    }

    private static void Attach(ReplicaSet machine)
    {
        ActivityMeter activity = new(machine.Simulation);
        foreach (Accelerator replica in machine.Replicas)
        {
            _ = new FrameMeter(replica);
            _ = new LayerMeter(replica, activity);
        }
    }

    private sealed class CycleCounter : ISimulationObserver
    {
        public CycleCounter(Simulation simulation)
        {
            Cycles = [.. simulation.Components.Select(_ => new long[Activity.CodeCount])];
            simulation.Observe(this);
        }

        public long[][] Cycles { get; }

        public void BeforeTick(Component component, long cycle) => Cycles[component.Id][component.Classify(cycle).Code]++;

        public void AfterSleep(Component component, long cycle)
        {
        }
    }
}
