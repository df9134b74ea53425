using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Dma;
using BcnnSim.Kernel;
using BcnnSim.Tests.Harness;
using BcnnSim.Tests.Timing;
using Xunit;

namespace BcnnSim.Tests.Contracts;

/// <summary>
/// Deliberate faults: each must be caught by the check that would have to catch it. A check that passes everything fails here.
///
/// fault                                                   caught by
/// weights re/im swapped, conjugate or negated product,    ResultChecker (RandomMachineTests.Every_map_and_score_equals_the_reference...)
///   packer bit and byte order, lost tap, mask ignored or
///   misplaced, channels rotated, norm constants, matrix,
///   threshold, inversion, classifier weights and biases,
///   frame re/im, planes, pixel (MachineFaults, 20)
/// residual add, shortcut address, ReLU, signs for values, ResultChecker, PlantedValueFaultTests
///   halves, shifts, rounding (10)
/// dot product: five wrong circuits                        integer definition (QuadrantDotTests), PlantedDotFaultTests
/// beat dropped, swapped, doubled, bit flipped             order and content at the output (DmaReaderTests), deadlock of the kernel
/// component sleeps beside a beat, counts its ticks,       ContractCheck (MachineContractTests): spurious ticks, order seeds, asked for
///   looks around, impure or wrong reason, keeps a beat,     reasons, at the end
///   never done (ComponentFault, 7)
/// every DRAM row one clock short, missing command         CommandLogChecker (RandomTrafficTests), PlantedTimingFaultTests
/// a stage more in any pipeline                            closed forms of cycles (EstimateTests), PlantedTimingFaultTests
/// a use against the layers, files in the hardware         LayerRules (LayerTests), RuleTests
/// </summary>
public sealed class PlantedFaultTests
{
    public static TheoryData<string> BitFaults => [.. MachineFaults.All.Select(f => f.Name)];

    public static TheoryData<string> BrokenContracts => [.. Enum.GetNames<ComponentFault>().Skip(1)];

    [Fact]
    public void Without_a_fault_the_result_checker_finds_nothing() =>
        Assert.Equal(0, new MachineFault("none", static n => n, static f => f).Mismatches());

    [Theory]
    [MemberData(nameof(BitFaults))]
    public void The_result_checker_catches_every_fault_of_the_bits(string fault) =>
        Assert.True(MachineFaults.All.Single(f => f.Name == fault).Mismatches() > 0, $"not caught: {fault}");

    [Fact]
    public void Without_a_fault_every_beat_arrives_in_order() => Assert.Null(WireError(WireFault.None));

    [Theory]
    [InlineData("DroppedBeat", "deadlock")]
    [InlineData("SwappedBeats", "beat 37")]
    [InlineData("DoubledBeat", "beat 38")]
    [InlineData("FlippedBit", "beat 37")]
    public void Order_content_and_number_of_beats_catch_every_fault_of_a_wire(string fault, string where) =>
        Assert.Contains(where, WireError(Enum.Parse<WireFault>(fault)), StringComparison.Ordinal);

    [Fact]
    public void Without_a_fault_the_contract_check_finds_nothing() => Assert.Empty(Violations(ComponentFault.None));

    [Theory]
    [MemberData(nameof(BrokenContracts))]
    public void The_contract_check_catches_every_component_that_breaks_the_contract(string name)
    {
        ComponentFault fault = Enum.Parse<ComponentFault>(name);
        string way = fault switch
        {
            ComponentFault.SleepsBesideABeat or ComponentFault.CountsItsTicks => "spurious ticks: ",
            ComponentFault.LooksAround => "order seed",
            ComponentFault.ReasonHasAnEffect => "asked for reasons: result",
            ComponentFault.WrongReason => "reason: FaultyRelay first Starved: but link0 is not empty",
            ComponentFault.KeepsTheLastBeat => "result",
            _ => "at the end: component first holds work",
        };

        // A beat that is kept is lost in every way of running alike: it shows in the result, not between the ways.
        List<string> violations = fault == ComponentFault.KeepsTheLastBeat ? Lost(fault) : Violations(fault);
        Assert.Contains(violations, v => v.Contains(way, StringComparison.Ordinal));
    }

    private static List<string> Violations(ComponentFault fault) => ContractCheck.Violations(options => FaultyChain.Create(fault, options));

    private static List<string> Lost(ComponentFault fault) =>
        [.. ContractOutcome.Of(FaultyChain.Create(fault, new SimulationOptions())).DifferencesFrom(ContractOutcome.Of(FaultyChain.Create(ComponentFault.None, new SimulationOptions())))];

    /// <summary>Loads 100 beats through a wire; the first thing wrong with what arrives, or null.</summary>
    private static string? WireError(WireFault fault)
    {
        const int Beats = 100;
        AcceleratorDesign d = Designs.Reference();
        DmaRig rig = new(d);
        AxiPort inner = new(rig.Simulation, "inner", d.Clocks, rig.Array, rig.Array);
        Channel<LoadCommand> commands = rig.Channel<LoadCommand>("commands");
        Channel<Beat256> output = rig.Channel<Beat256>("output");
        _ = new ListSource<LoadCommand>("source", rig.Array, commands, [new LoadCommand(0, Beats / 2, 0), new LoadCommand(32 * (Beats / 2), Beats / 2, 0)]);
        _ = new DmaReader("dma", rig.Array, d.Dma, commands, inner, output);
        _ = new FaultyWire(rig.Array, inner, rig.Port, fault);
        ListSink<Beat256> sink = new("sink", rig.Array, output);
        for (int i = 0; i < Beats; i++)
        {
            rig.Image.WriteBeat(32 * i, Content(i), uint.MaxValue);
        }

        string? error = null;
        try
        {
            rig.Simulation.Run();
        }
        catch (Exception e) when (e is DeadlockException or ModelException)
        {
            error = e.Message;
        }

        int wrong = sink.Taken.FindIndex(0, t => t.Beat != Content(sink.Taken.FindIndex(u => u.Cycle == t.Cycle)));
        return fault != WireFault.DroppedBeat && wrong >= 0 ? $"beat {wrong}" : error ?? (sink.Taken.Count == Beats ? null : $"{sink.Taken.Count} beats");
    }

    private static Beat256 Content(int i) => new((ulong)i, ~(ulong)i, 0, 1);
}
