using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>Loads the best epoch of a finished phase, re-estimates its statistics and exports it.</summary>
internal sealed class TrainedNetworks(TrainerConfiguration configuration, RunFolder folder)
{
    private readonly CalibratedExport export = new(configuration);

    /// <summary>Geometry before pruning.</summary>
    public NetShape DenseShape => DataSplits.Shape(configuration);

    public IReadOnlyList<string> Classes => export.Classes;

    /// <summary>Float network of dense, retrain or scratch with re-estimated statistics, and where it stood on validation.</summary>
    public (ComplexNet<float> Net, PhaseState State) Load(string phase, WorkSplit work)
    {
        if (phase == "dense" && configuration.BinarizesLate)
        {
            throw new InputException("command line", "--phase", phase, "must be retrain or scratch: the dense network of pruning.binarization after has real weights", "Name another phase; evaluate reads the dense one in float");
        }

        (INetwork read, PhaseState state) = LoadFloat(phase, work);
        ComplexNet<float> net = OnMachine(read);
        export.Measure(net, work);
        return (net, state);
    }

    /// <summary>Float network of a phase, of any arithmetic, with re-estimated statistics.</summary>
    public (INetwork Net, PhaseState State) LoadFloat(string phase, WorkSplit work)
    {
        PruningPlan? plan = phase == "dense" || configuration.Pruning is not { } pruning ? null : new(pruning, DenseShape, configuration.LeastChannels);
        NetShape shape = DenseShape;
        if (plan is { Form.LeavesShapes: true })
        {
            shape = shape.WithChannels([.. folder.Kept.Channels(shape, configuration.LeastChannels).Select(k => k.Length)]);
        }

        INetwork net = phase == "dense" ? configuration.DenseNetwork(shape) : configuration.PrunedNetwork(shape);
        PhaseState state = Read(net, phase);
        CheckGates(net, plan, phase);
        export.Calibrate(net, work);
        return (net, state);
    }

    /// <summary>Epochs that a phase has done; all of them where only its best network was kept, as of a published one.</summary>
    public int EpochsDone(string phase)
    {
        string path = folder.File(phase + ".ckpt");
        return File.Exists(path) ? Checkpoint.ReadState(path, Fingerprint(phase)).Epoch : configuration.PhaseOf(phase)?.Epochs ?? 0;
    }

    /// <exception cref="InputException">Training of the phase was stopped: what it is worth is not known yet.</exception>
    public void RequireFinished(string phase)
    {
        int done = EpochsDone(phase), epochs = configuration.PhaseOf(phase)?.Epochs ?? 0;
        if (done < epochs)
        {
            throw new InputException(folder.File(phase + ".ckpt"), "epochs", $"{done} of {epochs}", "the phase must be finished before the test set is read", "Continue it with bcnntrain train --resume");
        }
    }

    public Network Export(ComplexNet<float> net) =>
        export.Export(net, (configuration.IsReal ? RealEmbedding.Shape(DenseShape) : DenseShape).ComplexWeights, configuration.Pruning?.Form());

    private static ComplexNet<float> OnMachine(INetwork net)
    {
        if (net is ComplexNet<float> complex)
        {
            return complex;
        }

        using var real = (RealNet<float>)net;
        return RealEmbedding.Of(real) ?? throw new InputException("network", "layers", $"{string.Join('/', real.Shape.Layers.Select(layer => layer.OutputChannels))} channels", RealEmbedding.Rule, "Prune less");
    }

    private PhaseState Read(INetwork net, string phase)
    {
        string path = folder.File(phase + ".best.ckpt");
        if (configuration.PhaseOf(phase) is null)
        {
            throw new InputException("command line", "--phase", phase, "must be a phase of the configuration, which leaves it out", "Name another phase");
        }

        if (!File.Exists(path))
        {
            throw new InputException(path, "file", "missing", "the phase must have finished an epoch", "Run bcnntrain train, or go on with train --resume");
        }

        PhaseState state = Checkpoint.Read(
            path, Fingerprint(phase), [.. net.Parameters().Select(p => (p.Name, p.Value)), .. net.Statistics()]);
        net.Refresh();
        return state;
    }

    private string Fingerprint(string phase) => ConfigurationFile.Fingerprint(configuration, phase, export.DataConfiguration);

    // The mask lies in the checkpoint; kept.json says it again, for people and other tools.
    private void CheckGates(INetwork net, PruningPlan? plan, string phase)
    {
        if (plan is null or { Form.LeavesShapes: true })
        {
            return;
        }

        IReadOnlyList<int[]> kept = folder.Kept.Groups(plan.Sets);
        float[]?[] masks = new PruningProblem(plan.Sets, [.. kept.Select(groups => groups.Length)]).Masks(net.Prunable.Count, kept);
        for (int i = 0; i < masks.Length; i++)
        {
            bool same = masks[i] is { } mask ? mask.AsSpan().SequenceEqual(net.Prunable[i].Gate) : net.Prunable[i].Gate.AsSpan().IndexOfAnyExcept(1) < 0;
            if (!same)
            {
                throw new InputException(folder.File(phase + ".best.ckpt"), $"conv{i + 1}.gate", "another mask", "must be the mask of kept.json", "Restore both files of one run");
            }
        }
    }
}
