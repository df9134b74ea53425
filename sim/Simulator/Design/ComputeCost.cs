using System.Globalization;

namespace BcnnSim.Design;

/// <summary>Array, accumulators, pooling, norm, classifier.</summary>
internal static class ComputeCost
{
    /// <summary>Widths of the folded norm: int16 coefficients, 48-bit constants (network.md section 1).</summary>
    private const int CoefficientBits = 16;
    private const int ConstantBits = 48;
    private const int ValueBits = 16;
    private const int MaxShift = 40;
    private const int ShiftBits = 6;

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
        int bits = d.Accumulator.Bits;
        long beat = 2L * bits * d.Norm.Lanes;
        long beats = MemoryCost.CeilDiv(components, 2L * d.Norm.Lanes);
        ResourceCount count = new((components * bits) + (beat * MemoryCost.Multiplexer(beats)), 2 * components * bits);
        return Row("accumulator", count, $"{components} adders of {bits} bits, two banks of registers, {beats}:1 drain of {beat} bits");
    }

    private static ComponentResources Pool(AcceleratorDesign d)
    {
        int lanes = d.Pool.Lanes;
        long width = 2L * lanes * d.Accumulator.Bits;
        long depth = MemoryCost.CeilDiv(Math.Max(1, d.Pool.StateEntries), lanes);
        MemoryKind kind = MemoryCost.KindFor(depth);
        ResourceCount sums = MemoryCost.Of(kind, width, depth) + new ResourceCount(width, width);
        ResourceCount bits = MemoryCost.Of(kind, 2L * lanes, depth) + new ResourceCount(2L * lanes, 2L * lanes);
        return Row("pool", sums + bits, $"sum pool {width} bits x {depth}, max pool {2 * lanes} bits x {depth} ({MemoryCost.Name(kind)}), {2 * lanes} adders of {d.Accumulator.Bits} bits");
    }

    private static ComponentResources Norm(AcceleratorDesign d)
    {
        int lanes = d.Norm.Lanes;
        long perProduct = d.Accumulator.Bits <= DspWideBits ? 1 : 2;
        long channels = Math.Min(lanes, d.PeArray.OutputLanes);
        const int ConstantsOfChannel = (4 * CoefficientBits) + (2 * ConstantBits) + ShiftBits + 2;
        long depth = MemoryCost.CeilDiv(d.Norm.TableChannels, channels);
        MemoryKind kind = MemoryCost.KindFor(depth);
        ResourceCount table = MemoryCost.Of(kind, channels * ConstantsOfChannel, depth);
        long rounding = 2L * ValueBits * (MemoryCost.Multiplexer(MaxShift) + 1);
        ResourceCount logic = new(lanes * (rounding + 32), (long)lanes * d.Norm.PipelineDepth * 2 * d.Accumulator.Bits, Dsp: 4L * lanes * perProduct);
        FormattableString text = $"{lanes} lanes x 4 products of int{CoefficientBits} x {d.Accumulator.Bits} bits, {perProduct} DSP48E2 (27 x 18) each, {ConstantBits}-bit sums, {rounding} LUT to shift and saturate; table {channels * ConstantsOfChannel} bits x {depth} ({MemoryCost.Name(kind)})";
        return Row("norm", table + logic, text);
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
