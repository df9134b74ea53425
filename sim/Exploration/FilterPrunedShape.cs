namespace BcnnSim.Exploration;

/// <summary>
/// Filter-pruned widths for a timing study: every layer keeps the same share of its channels, rounded to a multiple of Po (at least one),
/// with the largest share whose pruning rate reaches the target. What a hardware-aware pruner aims at; trained networks may differ.
/// </summary>
public static class FilterPrunedShape
{
    public static NetworkShape Of(NetworkShape dense, double rate, int multiple)
    {
        long denseWeights = dense.Weights;
        for (int thousandths = 1000; thousandths > 0; thousandths--)
        {
            NetworkShape pruned = dense with { Layers = [.. dense.Layers.Select(l => l with { OutputChannels = Keep(l.OutputChannels, thousandths, multiple) })] };
            if (denseWeights >= rate * pruned.Weights)
            {
                return pruned with { Name = $"{dense.Name} at {rate:0}x, widths multiples of {multiple}" };
            }
        }

        return dense;
    }

    private static int Keep(int channels, int thousandths, int multiple)
    {
        int kept = (int)Math.Round(channels * thousandths / 1000.0 / multiple, MidpointRounding.AwayFromZero) * multiple;
        return Math.Max(multiple, kept);
    }
}
