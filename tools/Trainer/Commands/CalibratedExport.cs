using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>Takes a float network to integers with what its calibration frames show: statistics, moments of the head's features, the largest value.</summary>
internal sealed class CalibratedExport(TrainerConfiguration configuration)
{
    private readonly IFrameSource source = DataSplits.Source(configuration.Data, DataSplit.Train);

    private FrameStore? store;
    private FeatureMoments? moments;
    private double largestValue;

    public IReadOnlyList<string> Classes => source.ClassNames;

    /// <summary>Of the frames, for fingerprints.</summary>
    public string DataConfiguration => source.Configuration;

    /// <summary>Re-estimates every running statistic.</summary>
    public void Calibrate(INetwork net, WorkSplit work)
    {
        FrameStore frames = Frames(work);
        using var input = new FeatureBatch<float>(net.Batch, net.Shape.Input);
        Calibration.Run(net, frames, [.. Enumerable.Range(0, frames.Count)], input, work);
    }

    /// <summary>Holds the norms as the machine does, and takes the moments for the rounded head and the largest value for the fraction bits.</summary>
    public void Measure(ComplexNet<float> net, WorkSplit work)
    {
        NetworkExport.Hold(net);
        FrameStore frames = Frames(work);
        using var input = new FeatureBatch<float>(net.Batch, net.Shape.Input);
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

    /// <summary>The integers, without provenance, of a network that was measured.</summary>
    public Network Export(ComplexNet<float> net, long denseWeights, PruningForm? form = null) => NetworkExport.Export(
        configuration.Name, net, NetworkExport.Input(source), Classes, denseWeights, new Dictionary<string, string>(), moments, NetworkExport.FractionBits(net, largestValue), form);

    private FrameStore Frames(WorkSplit work) =>
        store ??= new FrameStore(source, work.Threads, default, Calibration.Order(source.Count, configuration.CalibrationFrames));
}
