using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;

namespace BcnnSim.Exploration;

/// <summary>Po x Pp x Pi, and the design a geometry makes of a given one.</summary>
/// <param name="Po">Output lanes.</param>
/// <param name="Pp">Pixel lanes.</param>
/// <param name="Pi">Input lanes.</param>
public readonly record struct ArrayGeometry(int Po, int Pp, int Pi)
{
    public int Lanes => Po * Pp * Pi;

    /// <summary>Every geometry up to a lane count, in the order of their lanes.</summary>
    public static IEnumerable<ArrayGeometry> UpTo(int maxLanes) =>
        from po in (int[])[1, 2, 4, 8, 16, 32]
        from pp in (int[])[1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64]
        from pi in Enumerable.Range(1, 64)
        let geometry = new ArrayGeometry(po, pp, pi)
        where geometry.Lanes <= maxLanes
        orderby geometry.Lanes, po, pp
        select geometry;

    /// <summary>
    /// The design with this array: norm and pool lanes follow Po x 4, the array's pipeline the clock; window, weight and shortcut memory grow to what the network needs;
    /// all else stays.
    /// </summary>
    public AcceleratorDesign In(AcceleratorDesign design, Network network)
    {
        int po = Po;
        int pi = Pi;
        PeArrayDesign pe = design.PeArray with { OutputLanes = Po, PixelLanes = Pp, InputLanes = Pi };
        int windows = network.Layers.Max(l => network.PlanesOf(l) * ((l.Taps + pi - 1) / pi));
        int weights = network.Layers.Sum(l => ((l.OutputChannels + po - 1) / po) * ((l.Taps + pi - 1) / pi));
        ShortcutBufferDesign shortcut = design.ShortcutBuffer;
        int values = network.Layers.Where(l => l.Output == OutputKind.Values)
            .Select(l => ((l.OutputShape.Pixels + shortcut.Banks - 1) / shortcut.Banks) * ((l.OutputChannels + po - 1) / po)).DefaultIfEmpty(1).Max();
        return design with
        {
            Name = ToString(),
            PeArray = pe with { PipelineDepth = Math.Max(1, PipelineDepths.PeArray(pe, design.Clocks.ArrayKilohertz)) },
            LineBuffer = design.LineBuffer with { WindowWords = Math.Max(design.LineBuffer.WindowWords, windows) },
            WeightBuffer = design.WeightBuffer with { Words = design.WeightBuffer.Residency == WeightResidency.OnChip ? Math.Max(design.WeightBuffer.Words, weights) : design.WeightBuffer.Words },
            ShortcutBuffer = shortcut with { WordsPerBank = Math.Max(shortcut.WordsPerBank, values) },
            Norm = design.Norm with { Lanes = 4 * Po },
            Pool = design.Pool with { Lanes = Math.Max(design.Pool.Lanes, 4 * Po) },
        };
    }

    public override string ToString() => $"{Po}x{Pp}x{Pi}";
}
