using System.Globalization;

namespace BcnnSim.Networks;

/// <summary>Rules on the dimensions of one convolution, all in 64-bit products of bounded factors, before any record or array is built.</summary>
internal static class GeometryRules
{
    /// <summary>True when the layer can be built on <paramref name="map"/> with <paramref name="bits"/> input planes.</summary>
    public static bool Check(ConvolutionText node, MapShape map, int bits, string place, ViolationList violations)
    {
        int before = violations.Count;
        if (node.Padding.Y >= node.Kernel.Y || node.Padding.X >= node.Kernel.X)
        {
            violations.Add($"{place}.padding", Pair(node.Padding), $"must be smaller than the kernel {Pair(node.Kernel)}", "Reduce the padding");
        }

        long spanY = map.Height + (2L * node.Padding.Y) - node.Kernel.Y;
        long spanX = map.Width + (2L * node.Padding.X) - node.Kernel.X;
        if (spanY < 0 || spanX < 0)
        {
            violations.Add($"{place}.kernel", Pair(node.Kernel), $"must fit the padded map {map}", "Reduce the kernel or add padding");
        }

        long taps = (long)node.Kernel.Y * node.Kernel.X;
        taps = taps > NetworkLimits.Taps ? taps : taps * map.Channels;
        if (taps > NetworkLimits.Taps)
        {
            violations.Add($"{place}.kernel", Number(taps), $"Kh*Kw*Cin is at most {NetworkLimits.Taps}", "Reduce kernel or channels");
        }

        if (violations.Count == before)
        {
            CheckOutput(node, (spanY / node.Stride.Y) + 1, (spanX / node.Stride.X) + 1, place, violations);
            CheckRange(node, taps, bits, place, violations);
        }

        return violations.Count == before;
    }

    private static void CheckOutput(ConvolutionText node, long height, long width, string place, ViolationList violations)
    {
        if (height > NetworkLimits.Dimension || width > NetworkLimits.Dimension || height * width * node.OutputChannels > NetworkLimits.MapValues)
        {
            violations.Add($"{place}.outputChannels", Number(node.OutputChannels), $"the output map {height}x{width} has at most {NetworkLimits.MapValues} values", "Reduce channels or map");
        }

        if (height / node.SumPool < 1 || width / node.SumPool < 1)
        {
            violations.Add($"{place}.sumPool", Number(node.SumPool), $"must fit the map {height}x{width}", "Reduce the pool");
        }
        else if (height / node.SumPool / node.MaxPool < 1 || width / node.SumPool / node.MaxPool < 1)
        {
            violations.Add($"{place}.maxPool", Number(node.MaxPool), $"must fit the map {height / node.SumPool}x{width / node.SumPool}", "Reduce the pool");
        }
    }

    /// <summary>|acc| &lt;= 2*T*(2^P - 1)*k^2 must fit 32 bits: taps 2^22, planes 2^8, pool 2^32 cannot overflow 64 bits.</summary>
    private static void CheckRange(ConvolutionText node, long taps, int bits, string place, ViolationList violations)
    {
        decimal bound = 2m * taps * ((1L << bits) - 1) * node.SumPool * node.SumPool;
        if (bound > int.MaxValue)
        {
            violations.Add($"{place}.sumPool", bound.ToString(CultureInfo.InvariantCulture), $"|acc| <= 2*T*(2^P - 1)*k^2 must not exceed {int.MaxValue}", "Reduce taps, input bits or the pool");
        }
    }

    private static string Pair((int Y, int X) pair) => string.Create(CultureInfo.InvariantCulture, $"[{pair.Y}, {pair.X}]");

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
