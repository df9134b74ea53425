using BcnnSim.Design;
using BcnnSim.Networks;
using BcnnSim.Reporting;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>
/// Frames per second of a pruned network on a design: exported as it stands, one frame of a fixed pattern through the simulated
/// machine with every map compared. Cycles do not depend on the frame.
/// </summary>
internal static class SimulatedSpeed
{
    /// <summary>Null for networks the machine does not run: weights by value, real ones that <see cref="RealEmbedding"/> does not cover, and what does not fit the design.</summary>
    public static double? FramesPerSecond(INetwork net, PruningForm form, DataSettings data, AcceleratorDesign design)
    {
        if (net is RealNet<float> real)
        {
            using ComplexNet<float>? embedded = RealEmbedding.Of(real);
            return embedded is null ? null : FramesPerSecond(embedded, form, data, design);
        }

        return net is ComplexNet<float> { Binary: true } complex ? FramesPerSecond(complex, form, data, design) : null;
    }

    private static double? FramesPerSecond(ComplexNet<float> complex, PruningForm form, DataSettings data, AcceleratorDesign design)
    {
        IFrameSource source = DataSplits.Source(data, DataSplit.Test);
        string[] classes = [.. Enumerable.Range(0, complex.Shape.Classes).Select(k => $"class{k}")];
        int bits = NetworkExport.FractionBits(complex, double.CreateChecked(complex.LargestValue()));
        Network network = NetworkExport.Export(
            "comparison", complex, NetworkExport.Input(source), classes, long.MaxValue, new Dictionary<string, string>(), fractionBits: bits, form: form);
        if (Mapping.MappingRules.Check(network, design).Count > 0)
        {
            return null;
        }

        var run = MachineRun.Execute(network, design, PatternFrames.Of(network.Input, 1), new RunOptions(1));
        return run.FirstMismatch is null ? Math.Round(run.Report.FpsByLatency, 1) : throw new InvalidOperationException($"machine and reference differ: {run.FirstMismatch}");
    }
}
