namespace BcnnSim.Trainer.Layers;

/// <summary>Carries trained networks over to others, and frees those that others replace.</summary>
public static class NetworkCopy
{
    /// <summary>The maps of the one before are freed: a dense network's are many times those of the pruned one that follows it.</summary>
    public static void Replace(ref INetwork net, INetwork with)
    {
        net.Dispose();
        net = with;
    }

    /// <summary>Replaces a network by one of another arithmetic with its parameters, statistics, masks and gates; both name the same arrays.</summary>
    public static void CarryOver(ref INetwork net, INetwork to)
    {
        Copy(net, to);
        Replace(ref net, to);
    }

    private static void Copy(INetwork from, INetwork to)
    {
        foreach ((Parameter<float> source, Parameter<float> target) in from.Parameters().Zip(to.Parameters(), static (a, b) => (a, b)))
        {
            source.Value.CopyTo(target.Value, 0);
        }

        foreach (((string Name, float[] Value) source, (string Name, float[] Value) target) in from.Statistics().Zip(to.Statistics(), static (a, b) => (a, b)))
        {
            source.Value.CopyTo(target.Value, 0);
        }

        to.Refresh();
    }
}
