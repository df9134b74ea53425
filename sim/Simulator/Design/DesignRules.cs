using System.Globalization;
using System.Numerics;
using System.Reflection;
using BcnnSim.Kernel;

namespace BcnnSim.Design;

/// <summary>Ranges from <see cref="ParameterAttribute"/> and the rules that join several parameters; all violations at once.</summary>
public static class DesignRules
{
    private const int PseudoChannels = 32;

    public static IReadOnlyList<Violation> Check(AcceleratorDesign design, string source)
    {
        List<Violation> found = [];
        foreach ((string path, long value, ParameterAttribute parameter) in Parameters(design))
        {
            if (value < parameter.Minimum || value > parameter.Maximum)
            {
                found.Add(new Violation(source, path, Text(value), $"{parameter.Meaning}: {parameter.Minimum}..{parameter.Maximum} {parameter.Unit}", "Choose a value in that range"));
            }
        }

        if (found.Count == 0)
        {
            CheckJoint(design, source, found);
        }

        return found;
    }

    /// <summary>Every integer parameter with its dotted path, in declaration order.</summary>
    public static IEnumerable<(string Path, long Value, ParameterAttribute Parameter)> Parameters(AcceleratorDesign design) =>
        Walk(design, "");

    private static IEnumerable<(string Path, long Value, ParameterAttribute Parameter)> Walk(object record, string prefix)
    {
        foreach (PropertyInfo property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            string path = prefix + char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            object? value = property.GetValue(record);
            if (property.GetCustomAttribute<ParameterAttribute>() is ParameterAttribute parameter)
            {
                yield return (path, Convert.ToInt64(value, CultureInfo.InvariantCulture), parameter);
            }
            else if (value is not null && property.PropertyType.Namespace == typeof(AcceleratorDesign).Namespace && !property.PropertyType.IsEnum)
            {
                foreach (var inner in Walk(value, path + "."))
                {
                    yield return inner;
                }
            }
        }
    }

    private static void CheckJoint(AcceleratorDesign d, string source, List<Violation> found)
    {
        void Require(bool holds, string path, object value, string rule, string remedy)
        {
            if (!holds)
            {
                found.Add(new Violation(source, path, Text(value), rule, remedy));
            }
        }

        int po = d.PeArray.OutputLanes;
        Require(d.Norm.Lanes % po == 0 || po % d.Norm.Lanes == 0, "norm.lanes", d.Norm.Lanes, $"must divide or be a multiple of peArray.outputLanes = {po}", $"Choose {po} or a multiple");
        Require(d.ActivationBuffer.WordChannels % po == 0, "activationBuffer.wordChannels", d.ActivationBuffer.WordChannels, $"must be a multiple of peArray.outputLanes = {po}: a word is assembled group by group", $"Choose a multiple of {po} up to 64");
        int widest = Math.Max(d.ActivationBuffer.WordChannels, d.FrameBuffer.WordChannels);
        Require(d.LineBuffer.GroupTaps >= widest, "lineBuffer.groupTaps", d.LineBuffer.GroupTaps, $"a whole buffer word of {widest} channels is written in one cycle", $"Choose {widest} to 64");
        int pixels = Math.Max(1, d.Norm.Lanes / po);
        Require(d.ActivationBuffer.Banks >= pixels, "activationBuffer.banks", d.ActivationBuffer.Banks, $"one beat behind the norm carries {pixels} pixels, each to its own bank", $"Choose at least {pixels} banks");
        Require(d.ShortcutBuffer.Banks >= pixels, "shortcutBuffer.banks", d.ShortcutBuffer.Banks, $"one beat behind the norm carries {pixels} pixels, each to its own bank", $"Choose at least {pixels} banks");
        Require(BitOperations.IsPow2(d.FrameBuffer.WordChannels), "frameBuffer.wordChannels", d.FrameBuffer.WordChannels, "must be a power of two so that 256-bit beats hold whole words", "Choose 1, 2, 4, 8, 16, 32 or 64");
        Require(d.Accumulator.Bits >= 2 + BitOperations.Log2((uint)d.PeArray.InputLanes) + 1, "accumulator.bits", d.Accumulator.Bits, "one partial sum must fit", "Widen the accumulator");
        CheckMemory(d, Require);
        CheckClocks(d, Require);
    }

    private static void CheckMemory(AcceleratorDesign d, Action<bool, string, object, string, string> require)
    {
        HbmTiming t = d.Hbm.Timing;
        require(t.TRc >= t.TRas + t.TRp, "hbm.timing.tRc", t.TRc, $"tRC >= tRAS + tRP = {t.TRas + t.TRp}", "Correct the timing set");
        require(t.TRrdL >= t.TRrdS, "hbm.timing.tRrdL", t.TRrdL, $"tRRD_L >= tRRD_S = {t.TRrdS}", "Correct the timing set");
        require(t.TCcdL >= t.TCcdS, "hbm.timing.tCcdL", t.TCcdL, $"tCCD_L >= tCCD_S = {t.TCcdS}", "Correct the timing set");
        require(t.TCcdS >= t.BurstClocks, "hbm.timing.tCcdS", t.TCcdS, $"a burst holds the data bus {t.BurstClocks} clocks", "Correct the timing set");
        require(t.TRefi > t.TRfc, "hbm.timing.tRefi", t.TRefi, $"tREFI > tRFC = {t.TRfc}", "Correct the timing set");
        CheckAxi(d, require);
        DmaDesign dma = d.Dma;
        bool streamed = d.WeightBuffer.Residency == WeightResidency.Stream;
        int[] frames = Spread(dma.FramePseudoChannel, dma.FrameSpread);
        int[] results = Spread(dma.ResultPseudoChannel, dma.ResultSpread);
        int[] others = [.. frames, dma.ParameterPseudoChannel, .. results];
        int[] weights = Spread(dma.WeightPseudoChannel, dma.WeightSpread);
        require(!streamed || !others.Intersect(weights).Any(), "dma.weightPseudoChannel", dma.WeightPseudoChannel, "streamed weights have pseudo-channels of their own", "Choose one that no other stream uses");
        require(!streamed || !WeightsMeetOthers(d, weights, others), "dma.replicaStride", dma.ReplicaStride, "streamed weights share a pseudo-channel only with weights: they wait there for the array, and frames behind them would wait for ever", "Choose another stride or weightPseudoChannel");
        require(others.Distinct().Count() == others.Length, "dma.resultPseudoChannel", dma.ResultPseudoChannel, "each stream has pseudo-channels of its own", "Give frames, parameters and results different pseudo-channels, or spread them over fewer");
        bool spread = dma.FrameSpread > 1 || dma.ResultSpread > 1 || (streamed && dma.WeightSpread > 1);
        require(d.Axi.SwitchOn || !spread, "axi.switchOn", d.Axi.SwitchOn, "a port reaches several pseudo-channels only through the switch", "Switch it on, or spread every stream over 1");
    }

    private static void CheckAxi(AcceleratorDesign d, Action<bool, string, object, string, string> require)
    {
        AxiDesign axi = d.Axi;
        require(axi.BoundaryCycles % 2 == 0, "axi.boundaryCycles", axi.BoundaryCycles, "half on the way out, half on the way back: even", "Choose an even number");
        require(axi.StackBoundaryCycles % 2 == 0, "axi.stackBoundaryCycles", axi.StackBoundaryCycles, "half on the way out, half on the way back: even", "Choose an even number");
        int reads = d.Dma.OutstandingReads * d.Dma.MaxBurstBeats;
        require(reads <= axi.MaxOutstandingReads, "dma.outstandingReads", d.Dma.OutstandingReads, $"{reads} beats exceed axi.maxOutstandingReads = {axi.MaxOutstandingReads}", "Allow fewer bursts");
        int writes = d.Dma.OutstandingWrites * d.Dma.MaxBurstBeats;
        require(writes <= axi.MaxOutstandingWrites, "dma.outstandingWrites", d.Dma.OutstandingWrites, $"{writes} beats exceed axi.maxOutstandingWrites = {axi.MaxOutstandingWrites}", "Allow fewer bursts");
        HbmTiming t = d.Hbm.Timing;
        require(d.Hbm.Refresh != RefreshMode.SingleBank || t.TRefi / 16 > t.TRrefd, "hbm.timing.tRefi", t.TRefi, $"tREFI / 16 > tRREFD = {t.TRrefd}: one bank after the other", "Correct the timing set");
        require(d.Hbm.Refresh != RefreshMode.SingleBank || t.TRefi > t.TRfcSb + t.TRc, "hbm.timing.tRfcSb", t.TRfcSb, "a bank's refresh must end before its next one", "Correct the timing set");
    }

    /// <summary>Whether the weights of a replica and another stream of any replica meet at a pseudo-channel.</summary>
    private static bool WeightsMeetOthers(AcceleratorDesign d, int[] weights, int[] others)
    {
        for (int apart = 1 - d.Execution.Replicas; apart < d.Execution.Replicas; apart++)
        {
            int shift = ((apart * d.Dma.ReplicaStride % PseudoChannels) + PseudoChannels) % PseudoChannels;
            if (weights.Select(w => (w + shift) % PseudoChannels).Intersect(others).Any())
            {
                return true;
            }
        }

        return false;
    }

    private static int[] Spread(int first, int count) => [.. Enumerable.Range(first, count).Select(p => p % PseudoChannels)];

    private static void CheckClocks(AcceleratorDesign d, Action<bool, string, object, string, string> require)
    {
        ClockDesign c = d.Clocks;
        bool fits = true;
        try
        {
            _ = new TimeBase(c.ArrayKilohertz, c.AxiKilohertz);
        }
        catch (ArgumentOutOfRangeException)
        {
            fits = false;
        }

        require(fits, "clocks.arrayKilohertz", c.ArrayKilohertz, $"the common tick rate with axiKilohertz = {c.AxiKilohertz} exceeds {TimeBase.MaxTicksPerSecond} per second", "Choose clocks with a smaller least common multiple, for example multiples of 1000 kHz");
        long needed = Math.Max(
            CrossingDepth.ForFullRate(c.ArrayKilohertz, c.AxiKilohertz, c.CrossingForwardEdges, c.CrossingBackwardEdges),
            CrossingDepth.ForFullRate(c.AxiKilohertz, c.ArrayKilohertz, c.CrossingForwardEdges, c.CrossingBackwardEdges));
        require(c.CrossingDepth >= needed, "clocks.crossingDepth", c.CrossingDepth, $"full rate through a crossing at these clocks and stages needs {needed} beats", $"Choose at least {needed}");
    }

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
