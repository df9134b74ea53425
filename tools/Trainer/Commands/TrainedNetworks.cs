using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>Loads the best epoch of a finished phase, re-estimates its statistics and exports it.</summary>
internal sealed class TrainedNetworks(TrainerConfiguration configuration, RunFolder folder)
{
    private readonly IFrameSource source = DataSplits.Source(configuration.Data, DataSplit.Train);

    private FeatureMoments? moments;
    private double largestValue;

    /// <summary>Geometry before pruning.</summary>
    public NetShape DenseShape => configuration.Shape(new MapShape(source.Height, source.Width, source.Channels), source.Classes);

    public IReadOnlyList<string> Classes => source.ClassNames;

    /// <summary>Float network of dense, retrain or scratch with re-estimated statistics, and where it stood on validation.</summary>
    public (ComplexNet<float> Net, PhaseState State) Load(string phase, WorkSplit work)
    {
        NetShape shape = DenseShape;
        if (phase != "dense")
        {
            shape = shape.WithChannels([.. folder.ReadKept(shape).Select(k => k.Length)]);
        }

        string path = folder.File(phase + ".best.ckpt");
        if (!File.Exists(path))
        {
            throw new InputException(path, "file", "missing", "the phase must have finished an epoch", "Run bcnntrain train first");
        }

        var net = new ComplexNet<float>(shape, configuration.Batch) { Grid = phase == "dense" ? null : configuration.Grid };
        PhaseState state = Checkpoint.Read(
            path, ConfigurationFile.Fingerprint(configuration, phase, source.Configuration), [.. net.Parameters().Select(p => (p.Name, p.Value)), .. net.Statistics()]);
        net.Refresh();
        Calibrate(net, work);
        return (net, state);
    }

    public Network Export(ComplexNet<float> net, IReadOnlyDictionary<string, string> provenance) =>
        NetworkExport.Export(configuration.Name, net, NetworkExport.Input(source), Classes, DenseShape.ComplexWeights, provenance, moments, NetworkExport.FractionBits(net, largestValue));

    private void Calibrate(ComplexNet<float> net, WorkSplit work)
    {
        int[] order = Calibration.Order(source.Count, configuration.CalibrationFrames);
        var frames = new FrameStore(source, work.Threads, default, order);
        using var input = new FeatureBatch<float>(net.Batch, net.Shape.Input);
        Calibration.Run(net, frames, [.. Enumerable.Range(0, order.Length)], input, work);
        NetworkExport.Hold(net);
        Measure(net, frames, input, work);
    }

    // Moments for the rounded head, largest value for the fraction bits.
    private void Measure(ComplexNet<float> net, FrameStore frames, FeatureBatch<float> input, WorkSplit work)
    {
        moments = new FeatureMoments(net.Head.Features);
        int batches = frames.Count / net.Batch;
        for (int b = 0; b < batches; b++)
        {
            frames.Load([.. Enumerable.Range(b * net.Batch, net.Batch)], input, new int[net.Batch]);
            _ = net.Forward(input, false, work);
            moments.Add(net.Head.AveragedFeatures);
            largestValue = Math.Max(largestValue, net.LargestValue());
        }
    }
}
