using BcnnSim.Networks;

namespace BcnnSim.Tests.Harness;

/// <summary>The tiny network with a learned imaginary part.</summary>
internal static class TinyImageNetwork
{
    public static Network Create()
    {
        Network tiny = TinyNetwork.Create();
        LearnedImaginary transform = new(
            3, [1.5f, 0.75f, -2f], [0.1f, 0.2f, 0.9f], Counting(9, 0.3f, -1f), [0.5f, 1f, 2f], [0.05f, -0.1f, 0.2f], Counting(9, -0.2f, 0.9f), [-0.5f, 0.25f, 0f]);
        return tiny with
        {
            Name = "tiny-image",
            Input = new(4, 4, 3, 2, LearnedImaginary.TransformName, new Dictionary<string, double> { ["sourceHeight"] = 4 }) { Imaginary = transform },
        };
    }

    private static float[] Counting(int count, float step, float start) => [.. Enumerable.Range(0, count).Select(i => start + (i * step))];
}
