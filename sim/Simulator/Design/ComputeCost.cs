using System.Globalization;

namespace BcnnSim.Design;

/// <summary>Array, accumulators, pooling, norm, classifier.</summary>
internal static class ComputeCost
{
    /// <summary>Widths of a bias and of a value (network.md section 1).</summary>
    private const int ConstantBits = 48;
    private const int ValueBits = 16;

    /// <summary>Wide operand of a DSP48E2: 27 x 18 bits signed.</summary>
    private const int DspWideBits = 27;

    public static IEnumerable<ComponentResources> Of(AcceleratorDesign d) => [PeArray(d), Accumulators(d), Pool(d), Norm(d), Residual(d), Classifier(d)];

    private static ComponentResources PeArray(AcceleratorDesign d)
    {
        PeArrayDesign pe = d.PeArray;
        ResourceCount one = PeCost.Of(pe.Kind, pe.InputLanes, pe.PipelineDepth);
        long count = (long)pe.OutputLanes * pe.PixelLanes;
        return Row("peArray", count * one, $"{count} PEs of {pe.InputLanes} lanes, {one.Lut} LUT + {one.Ff} FF each (structure of bcnn_dot, held against Yosys)");
    }

    private static ComponentResources Accumulators(AcceleratorDesign d)
    {
        long components = 2L * d.PeArray.OutputLanes * d.PeArray.PixelLanes;
        long beats = MemoryCost.CeilDiv(components, 2L * d.Norm.Lanes);
        int shift = AccumulatorCost.Shift(AccumulatorCost.PartialBits(d.PeArray.InputLanes));
        FormattableString text = $"{components} adders of {d.Accumulator.Bits} bits with {shift} LUT each to shift a bit plane, two banks of registers, {beats}:1 drain of {2L * d.Accumulator.Bits * d.Norm.Lanes} bits (fitted to Yosys)";
        return Row("accumulator", AccumulatorCost.Of(d.PeArray, d.Accumulator.Bits), text);
    }

    /// <summary>Sum pooling, and max pooling with a memory of its own: as many bit pairs as lanes in a word.</summary>
    private static ComponentResources Pool(AcceleratorDesign d)
    {
        PoolCost sums = PoolCost.Of(d);
        int lanes = d.Pool.Lanes;
        long depth = MemoryCost.CeilDiv(Math.Max(1, d.Pool.StateEntries), lanes);
        ResourceCount bits = MemoryCost.Of(MemoryCost.KindFor(depth), 2L * lanes, depth) + new ResourceCount(2L * lanes, 2L * lanes);
        FormattableString text = $"sum pool {sums.LanePixels} pixels x {sums.LaneChannels} channels of 2 x {d.Accumulator.Bits} bits (fitted to Yosys), {sums.Memories} memories of {sums.WordBits} bits x {sums.Words} ({MemoryCost.Name(MemoryCost.KindFor(sums.Words))}); max pool {2 * lanes} bits x {depth} ({MemoryCost.Name(MemoryCost.KindFor(depth))})";
        return Row("pool", sums.Logic + sums.State + bits, text);
    }

    private static ComponentResources Norm(AcceleratorDesign d)
    {
        NormCost cost = NormCost.Of(d);
        long depth = MemoryCost.CeilDiv(d.Norm.TableChannels, cost.Banks);
        FormattableString text = $"{d.Norm.Lanes} lanes x 4 products of int16 x {d.Accumulator.Bits} bits, {cost.DspPerProduct} DSP48E2 (27 x 18) each, 48-bit sums, thresholds, shifts and saturation (fitted to Yosys); table {cost.Banks} banks of {NormCost.ConstantBits} bits x {depth} ({MemoryCost.Name(MemoryCost.KindFor(depth))}), {cost.Turn} LUT per bit to turn it";
        return Row("norm", cost.Logic + cost.Table(d.Norm.TableChannels), text);
    }

    /// <summary>One adder with saturation per component; values that wait for their shortcut in registers.</summary>
    private static ComponentResources Residual(AcceleratorDesign d)
    {
        long components = 2L * d.Norm.Lanes;
        ResourceCount count = new(components * 2 * ValueBits, components * ValueBits * d.Residual.ReadsInFlight);
        return Row("residual", count, $"{components} adders of {ValueBits} bits that saturate, {d.Residual.ReadsInFlight} beats waiting");
    }

    /// <summary>Products of int8 and a sum over the map (at most 27 bits: one DSP48E2); weights of K x 2C bytes, read one word of all lanes per cycle.</summary>
    private static ComponentResources Classifier(AcceleratorDesign d)
    {
        ClassifierDesign c = d.Classifier;
        long depth = MemoryCost.CeilDiv((long)c.MaxClasses * c.MaxFeatures, c.Lanes);
        MemoryKind kind = MemoryCost.KindFor(depth);
        ResourceCount weights = MemoryCost.Of(kind, 8L * c.Lanes, depth);
        long featureDepth = MemoryCost.CeilDiv(c.MaxFeatures, c.Lanes);
        ResourceCount features = MemoryCost.Of(MemoryCost.KindFor(featureDepth), (long)DspWideBits * c.Lanes, featureDepth);
        ResourceCount bias = MemoryCost.Of(MemoryCost.KindFor(c.MaxClasses), ConstantBits, c.MaxClasses);
        ResourceCount logic = new((c.Lanes * 16L) + (2 * ConstantBits), ((long)c.Lanes * c.PipelineDepth * 8) + (3 * ConstantBits), Dsp: c.Lanes);
        FormattableString text = $"{c.Lanes} DSP48E2 (int8 x 27 bits, 48-bit sum); weights {8 * c.Lanes} bits x {depth} ({MemoryCost.Name(kind)}), features {DspWideBits * c.Lanes} bits x {featureDepth}, biases {ConstantBits} bits x {c.MaxClasses}";
        return Row("classifier", weights + features + bias + logic, text);
    }

    private static ComponentResources Row(string name, ResourceCount count, FormattableString text) =>
        new(name, count, text.ToString(CultureInfo.InvariantCulture));
}
