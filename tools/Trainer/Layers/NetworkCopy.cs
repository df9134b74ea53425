namespace BcnnSim.Trainer.Layers;

/// <summary>Carries trained networks over to others of the same shape.</summary>
public static class NetworkCopy
{
    /// <summary>Every parameter, statistic, mask and gate; both networks name the same arrays.</summary>
    public static void To(INetwork from, INetwork to)
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
