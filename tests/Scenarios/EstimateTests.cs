using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Scenarios;

public sealed class EstimateTests
{
    [Fact]
    public void Closed_form_equals_simulation_where_nothing_stalls()
    {
        List<string> wrong = [];
        int exact = 0;
        for (int seed = 1; seed < 120; seed++)
        {
            Network network = RandomNetworks.Plain(seed);
            exact += network.Classifier is null ? 0 : Compare(network, seed, wrong);
        }

        Assert.True(wrong.Count == 0 && exact >= 40, $"{exact} exact, {wrong.Count} wrong\n" + string.Join("\n", wrong.Take(25)));
    }

    /// <summary>With values, with a shortcut added, and without either.</summary>
    [Fact]
    public void Closed_form_equals_simulation_for_residual_layers()
    {
        List<string> wrong = [];
        int exact = 0;
        Dictionary<(bool, bool), int> kinds = [];
        for (int seed = 1; seed < 120; seed++)
        {
            exact += Compare(RandomResidualNetworks.Of(seed), seed, wrong, kinds);
        }

        Assert.True(kinds[(true, false)] >= 40 && kinds[(true, true)] >= 20, string.Join(", ", kinds));
        Assert.True(wrong.Count == 0 && exact >= 100, $"{exact} exact, {wrong.Count} wrong\n" + string.Join("\n", wrong.Take(25)));
    }

    /// <summary>Layers that agree; those that do not are described in <paramref name="wrong"/>.</summary>
    private static int Compare(Network network, int seed, List<string> wrong, Dictionary<(bool Values, bool Adds), int>? kinds = null)
    {
        int exact = 0;
        var design = Designs.Reference("frameBuffer.wordsPerBank=4096", "activationBuffer.wordsPerBank=4096", "lineBuffer.windowWords=4096", "pool.stateEntries=16384");
        MachineRun run = MachineRun.Execute(network, design, RandomNetworks.Frames(network, 1, seed), new RunOptions(1, Check: true));
        Assert.True(run.Report.Mismatches == 0, $"seed {seed}: {run.FirstMismatch}");
        if (run.Report.Stalls.Any(c => c.Reasons.ContainsKey("bank conflict")))
        {
            return 0;
        }

        AcceleratorProgram program = LayerMapper.Map(network, design);
        for (int i = 0; i < program.Layers.Count; i++)
        {
            LayerReport layer = run.Report.Layers[i];
            CycleEstimate e = CycleEstimate.Of(program.Layers[i], design);
            if (layer.Bound != "compute")
            {
                continue;
            }

            if (layer.Cycles == layer.EstimatedCycles)
            {
                exact++;
                if (kinds is not null)
                {
                    (bool, bool) kind = (program.Layers[i].EmitsValues, program.Layers[i].AddsShortcut);
                    kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                }
            }
            else
            {
                wrong.Add($"seed {seed} {layer.Name} {layer.Shape} {layer.Bound}: simulated {layer.Cycles} estimated {e}; words {program.Layers[i].Words} groups {program.Layers[i].Groups} tiles {program.Layers[i].Tiles} {string.Join(", ", layer.StallCycles)}");
            }
        }

        return exact;
    }
}
