using System.Text.Json.Serialization;
using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Configuration;

/// <summary>One run: data, network, phases. Read from one strict JSON file.</summary>
public sealed record TrainerConfiguration
{
    /// <summary>Name of the network; its folder under models/networks.</summary>
    public required string Name { get; init; }

    /// <summary>Of weights and data order.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Threads; changes the time, never a bit.</summary>
    public required int Threads { get; init; }

    /// <summary>Images of one step.</summary>
    public required int Batch { get; init; }

    /// <summary>Training frames used to re-estimate statistics, a fixed shuffle.</summary>
    public required int CalibrationFrames { get; init; }

    /// <summary>complex-binary, complex-float, real-binary or real-float; null or left out = complex-binary.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Arithmetic { get; init; }

    /// <summary>sign, hardtanh or relu; null or left out = sign of binary, hardtanh of complex-float, relu of real-float networks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ActivationKind? Activation { get; init; }

    /// <summary>Null or left out = batch: of complex networks CGBN with a complex gain.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrainedNorm? Norm { get; init; }

    /// <summary>What a real network reads of a frame; null or left out = the real parts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RealInputKind? RealInput { get; init; }

    /// <summary>Weights of a real-float network rounded to 2..8 bits in the forward pass, gradient straight through; null or left out = by value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? WeightBits { get; init; }

    public required DataSettings Data { get; init; }

    public required IReadOnlyList<LayerSettings> Layers { get; init; }

    /// <summary>Factor on the channels of every layer, rounded to the nearest; the reader puts it into <see cref="Layers"/>. Null or left out = as they stand.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Width { get; init; }

    public required HeadSettings Head { get; init; }

    /// <summary>Training of the dense network.</summary>
    public required PhaseSettings Dense { get; init; }

    /// <summary>
    /// F of the 16-bit values of residual networks: after pruning they are rounded to 2^-F as the machine rounds them, gradient
    /// straight through. Null or left out trains on unrounded values, and export chooses F by the largest seen.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ValueFractionBits { get; init; }

    /// <summary>Null leaves pruning, retraining and the twin from scratch out.</summary>
    public required PruningSettings? Pruning { get; init; }

    /// <summary>Training of the compacted network, from the kept weights.</summary>
    public required PhaseSettings? Retrain { get; init; }

    /// <summary>Training of the same compacted shape from new weights.</summary>
    public required PhaseSettings? Scratch { get; init; }

    /// <summary>Grid of the values behind pruning; null = none.</summary>
    [JsonIgnore]
    public ValueGrid<float>? Grid => ValueFractionBits is { } bits ? new(bits) : null;

    [JsonIgnore]
    public ArithmeticKind Kind => ArithmeticNames.Parse(Arithmetic);

    [JsonIgnore]
    public bool IsReal => Kind is ArithmeticKind.RealBinary or ArithmeticKind.RealFloat;

    /// <summary>Norm of the machine that a complex network trains for.</summary>
    private NormKind FoldedKind => Norm switch
    {
        TrainedNorm.Diagonal => NormKind.Diagonal,
        TrainedNorm.Threshold => NormKind.Threshold,
        _ => NormKind.Complex,
    };

    /// <summary>The loops of complex layers need a vector of channels.</summary>
    [JsonIgnore]
    internal int LeastChannels => IsReal ? 1 : System.Numerics.Vector<float>.Count;

    /// <summary>What a layer on the frame reads of it: the frame itself, or the real channels a real network makes of it.</summary>
    public MapShape FrameMap(MapShape frame) => RealInput == RealInputKind.Both ? frame with { Channels = 2 * frame.Channels } : frame;

    /// <summary>The dense and the prune phase train real weights behind binary activations; signs come with the hard prune.</summary>
    [JsonIgnore]
    public bool BinarizesLate => Pruning?.Binarization == BinarizationRoute.After;

    /// <summary>Weights that are not used by value.</summary>
    [JsonIgnore]
    public bool HasLowWeights => Kind is ArithmeticKind.ComplexBinary or ArithmeticKind.RealBinary || WeightBits is not null;

    /// <summary>How it computes, of real networks.</summary>
    internal RealForm RealForm => new(Kind == ArithmeticKind.RealBinary ? 1 : WeightBits ?? 0, ActivationOrUsual, Norm != TrainedNorm.Bias);

    private ActivationKind ActivationOrUsual => Activation ?? (Kind switch
    {
        ArithmeticKind.ComplexFloat => ActivationKind.Hardtanh,
        ArithmeticKind.RealFloat => ActivationKind.Relu,
        _ => ActivationKind.Sign,
    });

    /// <summary>The same network with weights by value, its activations left as they are: what route (a) prunes.</summary>
    public TrainerConfiguration WithRealWeights() => WeightBits is not null
        ? this with { WeightBits = null }
        : this with { Arithmetic = IsReal ? ArithmeticNames.All[(int)ArithmeticKind.RealFloat] : ArithmeticNames.All[(int)ArithmeticKind.ComplexFloat], Activation = ActivationKind.Sign };

    /// <summary>Network of the dense and the prune phase.</summary>
    public INetwork DenseNetwork(NetShape shape) => BinarizesLate ? WithRealWeights().Network(shape) : Network(shape);

    /// <summary>A network of this arithmetic, without values in its weights; the caller owns it.</summary>
    public INetwork Network(NetShape shape) =>
        IsReal ? new RealNet<float>(shape, Batch, RealForm) : new ComplexNet<float>(shape, Batch, ActivationOrUsual, Kind == ArithmeticKind.ComplexBinary);

    /// <summary>Network of retraining and of its twin: values on their grid.</summary>
    public INetwork PrunedNetwork(NetShape shape)
    {
        INetwork net = Network(shape);
        OnGrid(net);
        return net;
    }

    /// <summary>Puts the values of a pruned network on their grid.</summary>
    public void OnGrid(INetwork net)
    {
        if (net is ComplexNet<float> complex)
        {
            complex.Grid = Grid;
        }
    }

    /// <summary>Settings of dense, prune, retrain or scratch; null where there is no such phase.</summary>
    public PhaseSettings? PhaseOf(string name) => name switch
    {
        "dense" => Dense,
        "prune" => Pruning?.Phase,
        "retrain" => Retrain,
        _ => Scratch,
    };

    /// <summary>Geometry on a given input; that it leaves maps and adds equal ones was checked when the file was read (<see cref="GeometryCheck"/>).</summary>
    public NetShape Shape(MapShape input, int classes)
    {
        var layers = new List<ConvolutionShape>();
        IReadOnlyList<LayerLink> links = LayerGraph.Links(Layers);
        for (int i = 0; i < Layers.Count; i++)
        {
            layers.Add(Layers[i].Shape(links[i].Source == LayerLink.Frame ? FrameMap(input) : layers[links[i].Source].Output));
        }

        return new NetShape(input, Data.InputBits, layers, classes) { Links = links, Relu = Head.Relu, LearnedImaginary = Data.Transform == LearnedImaginary.TransformName, InputChannels = FrameMap(input).Channels, Norm = FoldedKind };
    }
}
