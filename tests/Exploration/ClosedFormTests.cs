using BcnnSim.Design;
using BcnnSim.Exploration;
using BcnnSim.Networks;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Exploration;

public sealed class ClosedFormTests
{
    /// <summary>The search for the smallest array leaves out what misses by the closed form: it must never be above the simulation.</summary>
    [Fact]
    public void The_closed_form_is_never_above_the_simulated_layers()
    {
        int waiting = 0;
        for (int seed = 1; seed < 160; seed++)
        {
            Network network = RandomNetworks.Plain(seed);
            ArrayGeometry geometry = new(1 << (seed % 5), 1 + (seed % 17), 1 + (seed * 7 % 40));
            AcceleratorDesign design = geometry.In(Designs.Reference("frameBuffer.wordsPerBank=4096", "activationBuffer.wordsPerBank=4096"), network);
            if (network.Classifier is null || ClosedForm.Of(network, design) is not ClosedForm form)
            {
                continue;
            }

            RunReport report = MachineRun.Execute(network, design, RandomNetworks.Frames(network, 1, seed), new RunOptions(1, Check: false)).Report;
            long simulated = report.Layers.Sum(l => l.Cycles);
            Assert.True(form.LayerCycles <= simulated, $"seed {seed} on {geometry}: closed form {form.LayerCycles}, simulated {simulated}\n{string.Join('\n', report.Layers.Select(l => $"{l.Name} {l.Shape} {l.Bound} {l.Cycles} {l.EstimatedCycles}"))}");
            waiting += report.Layers.Any(l => l.Bound != "compute") ? 1 : 0;
        }

        Assert.True(waiting > 20, $"only {waiting} networks had layers that wait");
    }

    [Fact]
    public void The_closed_form_of_the_interval_is_never_above_the_simulated_one()
    {
        int measured = 0;
        for (int seed = 1; seed < 60; seed++)
        {
            Network network = RandomNetworks.Plain(seed);
            AcceleratorDesign design = Designs.Reference("frameBuffer.wordsPerBank=4096", "activationBuffer.wordsPerBank=4096", "lineBuffer.windowWords=4096");
            if (network.Classifier is null || ClosedForm.Of(network, design) is not ClosedForm form)
            {
                continue;
            }

            RunReport report = MachineRun.Execute(network, design, RandomNetworks.Frames(network, 19, seed), new RunOptions(19, Check: false)).Report;
            Assert.True(form.Interval <= report.IntervalCycles, $"seed {seed}: closed form {form.Interval}, simulated {report.IntervalCycles}");
            measured++;
        }

        Assert.True(measured > 20);
    }
}
