namespace BcnnSim.Design;

/// <summary>Real classifier on sum-pooled features.</summary>
public sealed record ClassifierDesign
{
    [Parameter("multipliers", 1, 4096, "int8 multiply-accumulates per cycle")]
    public required int Lanes { get; init; }

    [Parameter("stages", 1, 16, "register stages from the last product to the class")]
    public required int PipelineDepth { get; init; }

    [Parameter("features", 2, 65536, "real features (2C) supported")]
    public required int MaxFeatures { get; init; }

    [Parameter("classes", 1, 4096, "classes supported")]
    public required int MaxClasses { get; init; }
}
