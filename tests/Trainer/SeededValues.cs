namespace BcnnSim.Trainer.Tests;

/// <summary>Random test values from a seed that the failing test prints.</summary>
internal static class SeededValues
{
    public static double[] Uniform(int seed, int length, double low = -1, double high = 1)
    {
        var random = new Random(seed);
        var values = new double[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = low + ((high - low) * random.NextDouble());
        }

        return values;
    }

    public static void Fill<T>(int seed, Span<T> target, double low = -1, double high = 1)
        where T : System.Numerics.INumberBase<T>
    {
        var random = new Random(seed);
        foreach (ref T value in target)
        {
            value = T.CreateChecked(low + ((high - low) * random.NextDouble()));
        }
    }
}
