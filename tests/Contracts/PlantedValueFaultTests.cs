using BcnnSim.Hardware;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Observation.Statistics;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Contracts;

/// <summary>Wrong values: a machine whose plan or constants differ from the network's; the result checker must see every one.</summary>
public sealed class PlantedValueFaultTests
{
    private const int Frames = 3;

    private static readonly Dictionary<string, Func<AcceleratorProgram, AcceleratorProgram>> Faults = new(StringComparer.Ordinal)
    {
        ["residual add left out"] = p => WithPlan(p, 2, l => l with { AddsShortcut = false }),
        ["shortcut read at the wrong pixel"] = p => WithPlan(p, 5, l => l with { ShortcutWordsPerPixel = 0 }),
        ["shortcut written at the wrong pixel"] = p => WithPlan(p, 0, l => l with { ShortcutWordsPerPixel = 2 }),
        ["ReLU left out"] = p => p with { Classifier = p.Classifier with { Relu = false } },
        ["classifier takes signs"] = p => p with { Classifier = p.Classifier with { ReadsValues = false } },
        ["halves not exchanged"] = p => p with { Body = [.. p.Body.Where((x, i) => x.Opcode != Opcode.Swap || i != p.Body.ToList().FindIndex(y => y.Opcode == Opcode.Swap))] },
    };

    private static readonly Dictionary<string, Func<FoldedNorm, FoldedNorm>> NormFaults = new(StringComparer.Ordinal)
    {
        ["shift one too many"] = n => FoldedNorm.Complex(n.A, n.C, Array.ConvertAll(n.Shift, s => (byte)(s + 1))),
        ["shift of the next channel"] = n => FoldedNorm.Complex(n.A, n.C, [.. n.Shift.Skip(1), n.Shift[0]]),
        ["rounding left out"] = n => FoldedNorm.Complex(n.A, [.. n.C.Select((c, i) => c - (1L << (n.Shift[i / 2] - 1)))], n.Shift),
        ["constant off by one step"] = n => FoldedNorm.Complex(n.A, [.. n.C.Select((c, i) => c + (1L << n.Shift[i / 2]))], n.Shift),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    public static TheoryData<string> NormNames => [.. NormFaults.Keys];

    [Fact]
    public void Without_a_fault_the_result_checker_finds_nothing() => Assert.Equal(0, Mismatches(static p => p, static n => n));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_result_checker_catches_every_wrong_path_of_values(string fault) => Assert.True(Mismatches(Faults[fault], static n => n) > 0, $"not caught: {fault}");

    [Theory]
    [MemberData(nameof(NormNames))]
    public void The_result_checker_catches_every_wrong_constant_of_values(string fault) => Assert.True(Mismatches(static p => p, NormFaults[fault]) > 0, $"not caught: {fault}");

    /// <summary>Norm faults are planted in the third layer, whose values are added to a shortcut.</summary>
    private static long Mismatches(Func<AcceleratorProgram, AcceleratorProgram> plan, Func<FoldedNorm, FoldedNorm> norm)
    {
        Network right = TinyResidualNetwork.Create();
        AcceleratorProgram program = plan(LayerMapper.Map(right, Designs.Reference()));
        Accelerator machine = new(program, Frames);
        Network wrong = right with { Layers = [.. right.Layers.Select((l, i) => i == 2 ? l with { Norm = norm(l.Norm) } : l)] };
        machine.Image.Write(program.Memory.NormConstants.Address, ParameterImage.NormConstants(program with { Network = wrong }));
        IReadOnlyList<Frame> frames = RandomNetworks.Frames(right, Frames, seed: 3).Frames;
        for (int i = 0; i < Frames; i++)
        {
            machine.LoadFrame(i, frames[i]);
        }

        ResultChecker checker = new(machine, frames);
        machine.Simulation.Run();
        checker.Finish(Frames);
        return checker.Mismatches;
    }

    private static AcceleratorProgram WithPlan(AcceleratorProgram program, int layer, Func<LayerPlan, LayerPlan> change) =>
        program with { Layers = [.. program.Layers.Select((l, i) => i == layer ? change(l) : l)] };
}
