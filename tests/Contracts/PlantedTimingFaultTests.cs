using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using BcnnSim.Tests.Timing;
using Xunit;

namespace BcnnSim.Tests.Contracts;

/// <summary>Wrong timing: rows one clock short, commands missing from a log, a pipeline stage too many.</summary>
public sealed class PlantedTimingFaultTests
{
    /// <summary>The U280 set with the three rows lengthened that cannot bind in it, so that every row can.</summary>
    private static HbmTiming Timing => BindingCases.U280 with { TRc = 50, TRrdL = 6, TFaw = 30 };

    public static TheoryData<string> Rows => [.. BindingCases.All.Select(r => r.Name)];

    public static TheoryData<string> Commands => [.. Enum.GetNames<DramCommand>().Where(n => n is "Activate" or "Precharge")];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_log_checker_catches_every_row_that_is_one_clock_short(string name)
    {
        BindingCase row = BindingCases.All.Single(r => r.Name == name);
        int n = (int)typeof(HbmTiming).GetProperty(name)!.GetValue(Timing)!;
        Assert.Empty(CommandLogChecker.Check(Timing, Traffic(Timing)));
        Assert.NotEmpty(CommandLogChecker.Check(Timing, Traffic(row.With(Timing, n - 1))));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_log_checker_catches_a_missing_command(string command)
    {
        List<(DramCommand Command, int Bank, int Row, long Clock)> log = Traffic(Timing);
        log.RemoveAt(log.FindIndex(100, c => c.Command == Enum.Parse<DramCommand>(command)));
        Assert.NotEmpty(CommandLogChecker.Check(Timing, log));
    }

    /// <summary>One cycle more in any of them, and the closed form of the design as it is written no longer holds.</summary>
    [Theory]
    [InlineData("peArray.pipelineDepth")]
    [InlineData("norm.pipelineDepth")]
    [InlineData("frameBuffer.readLatency")]
    public void The_closed_form_catches_a_stage_too_many(string parameter)
    {
        Network network = TinyNetwork.Create();
        AcceleratorDesign right = Designs.Reference();
        long value = DesignRules.Parameters(right).Single(p => p.Path == parameter).Value;
        AcceleratorDesign wrong = Designs.Reference($"{parameter}={value + 1}");
        long estimate = CycleEstimate.Of(LayerMapper.Map(network, right).Layers[0], right).Cycles;
        Assert.Equal(estimate, FirstLayerCycles(network, right));
        Assert.NotEqual(estimate, FirstLayerCycles(network, wrong));
    }

    /// <summary>The same for the layer that adds a shortcut.</summary>
    [Fact]
    public void The_closed_form_catches_a_slower_shortcut_read()
    {
        Network network = TinyResidualNetwork.Create();
        AcceleratorDesign right = Designs.Reference();
        AcceleratorDesign wrong = Designs.Reference("shortcutBuffer.readLatency=3");
        LayerPlan plan = LayerMapper.Map(network, right).Layers[5];
        Assert.True(plan.AddsShortcut);
        Assert.Equal(CycleEstimate.Of(plan, right).Cycles, LayerCycles(network, right, 5));
        Assert.NotEqual(CycleEstimate.Of(plan, right).Cycles, LayerCycles(network, wrong, 5));
    }

    private static long LayerCycles(Network network, AcceleratorDesign design, int layer) =>
        MachineRun.Execute(network, design, RandomNetworks.Frames(network, 1, seed: 1), new RunOptions(1)).Report.Layers[layer].Cycles;

    private static long FirstLayerCycles(Network network, AcceleratorDesign design) => LayerCycles(network, design, 0);

    /// <summary>Random commands, each as early as the model allows, and a refresh now and then.</summary>
    private static List<(DramCommand Command, int Bank, int Row, long Clock)> Traffic(HbmTiming timing)
    {
        CommandLog log = new();
        PseudoChannel dram = new(timing) { Observer = log };
        Random random = new(4);
        long now = 0;
        for (int i = 0; i < 2500; i++)
        {
            if (i % 100 == 99)
            {
                dram.Refresh(now + 1);
            }

            LegalCommand command = LegalCommand.Random(random, dram);
            now = Math.Max(now + 1, command.Earliest(dram));
            command.Issue(dram, now);
        }

        return log.Commands;
    }
}
