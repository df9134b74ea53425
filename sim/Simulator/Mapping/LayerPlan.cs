using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Mapping;

/// <summary>
/// One layer as the machine executes it (tile plan): for each tile of Pp output pixels, for each group of Po output channels,
/// for each bit plane, the window words of the group's list. Pure result of <see cref="LayerMapper"/>.
/// </summary>
public sealed record LayerPlan
{
    public required int Index { get; init; }

    public required string Name { get; init; }

    public required MapShape Input { get; init; }

    /// <summary>Map of the convolution before pooling, as far as any pooled result needs it: a border that pooling drops is not computed.</summary>
    public required MapShape Convolution { get; init; }

    /// <summary>Map the norm produces.</summary>
    public required MapShape Norm { get; init; }

    /// <summary>Map the next layer reads.</summary>
    public required MapShape Output { get; init; }

    public required int KernelHeight { get; init; }

    public required int KernelWidth { get; init; }

    public required int StrideY { get; init; }

    public required int StrideX { get; init; }

    public required int PaddingY { get; init; }

    public required int PaddingX { get; init; }

    public required int SumPool { get; init; }

    public required int MaxPool { get; init; }

    public required NormKind NormKind { get; init; }

    /// <summary>True for the first layer: reads the frame buffer, plane by plane.</summary>
    public required bool ReadsFrame { get; init; }

    /// <summary>Whether the norm gives 16-bit values, which pass the residual unit, or bits, which pass max pooling.</summary>
    public required bool EmitsValues { get; init; }

    /// <summary>Whether the shortcut map is added to its values.</summary>
    public required bool AddsShortcut { get; init; }

    /// <summary>Where its results go.</summary>
    public required LayerSinks Sinks { get; init; }

    /// <summary>True for the last layer: its bits or values go to the classifier.</summary>
    public bool FeedsClassifier => Sinks.Classifier;

    /// <summary>P in the first layer, 1 after it.</summary>
    public required int Planes { get; init; }

    /// <summary>T: Kh Kw Cin, or the taps kept by column pruning.</summary>
    public required int Taps { get; init; }

    /// <summary>ceil(T / Pi).</summary>
    public required int Words { get; init; }

    /// <summary>ceil(Cout / Po).</summary>
    public required int Groups { get; init; }

    /// <summary>ceil(pixels / Pp).</summary>
    public required int Tiles { get; init; }

    /// <summary>Po, Pp, Pi of the design it was planned for.</summary>
    public required (int Output, int Pixel, int Input) Lanes { get; init; }

    /// <summary>Complex channels of one word of the buffer it reads, and words per pixel there.</summary>
    public required int SourceWordChannels { get; init; }

    public required int SourceWordsPerPixel { get; init; }

    /// <summary>Reads that build one window of one plane, in tap order; several kernel columns each where a pixel has few channels.</summary>
    public required IReadOnlyList<WindowStep> Steps { get; init; }

    /// <summary>Words per pixel of the half it writes; 0 when no layer reads its bits.</summary>
    public required int TargetWordsPerPixel { get; init; }

    /// <summary>Words per pixel of a shortcut map of its shape, one norm group of channels each.</summary>
    public required int ShortcutWordsPerPixel { get; init; }

    /// <summary>Window words of each output group that are sent: all but those whose weights are all masked.</summary>
    public required WordLists Sent { get; init; }

    /// <summary>First weight word of the layer: word i of a group's list is WeightBase + Sent.BaseOf(group) + i.</summary>
    public int WeightBase { get; init; }

    /// <summary>Streamed weights: times the layer is fetched per frame, 1 where it fits the buffer and is replayed per tile, else the number of tiles.</summary>
    public int WeightPasses { get; init; } = 1;

    /// <summary>Every weight word is on chip before it is needed, on an idle machine (<see cref="WeightSupply"/>); true where weights are resident.</summary>
    public bool WeightsAhead { get; init; } = true;

    /// <summary>First channel in the norm table.</summary>
    public int NormBase { get; init; }

    /// <summary>Conventional complex MAC count of one plane over the computed map; blocks that are not sent do not count.</summary>
    public required long MultiplyAccumulates { get; init; }

    /// <summary>MACs whose tap lies in the padding, one plane.</summary>
    public required long PaddedMultiplyAccumulates { get; init; }

    /// <summary>MACs whose weight is masked out, one plane.</summary>
    public required long MaskedMultiplyAccumulates { get; init; }

    /// <summary>Conventional lane-operations with bit planes: what utilization counts.</summary>
    public long LaneOperations => MultiplyAccumulates * Planes;

    /// <summary>Cycles in which the array works: no cycle less is possible with this schedule.</summary>
    public long ArrayCycles => (long)Tiles * Planes * Sent.Total;

    /// <summary>Reads that build one tile's windows, one tap group of every pixel each.</summary>
    public long BuildSteps => (long)Planes * Steps.Count;

    /// <summary>For example "32x32x3 -> 5x5 s1 p2 sumPool2 -> 16x16x24".</summary>
    public string ShapeText
    {
        get
        {
            string pool = (SumPool > 1 ? $" sumPool{SumPool}" : "") + (MaxPool > 1 ? $" maxPool{MaxPool}" : "");
            string stride = StrideY == StrideX ? $"{StrideY}" : $"{StrideY}x{StrideX}";
            string padding = PaddingY == PaddingX ? $"{PaddingY}" : $"{PaddingY}x{PaddingX}";
            return $"{Input} -> {KernelHeight}x{KernelWidth} s{stride} p{padding}{pool} -> {Output}{(AddsShortcut ? " + shortcut" : "")}";
        }
    }
}
