using BcnnSim.Networks;

namespace BcnnSim.Exploration;

/// <summary>
/// The reference networks of network.md section 3, dense, and filter-pruned widths for them: uniform scaling to the rate, rounded to
/// whole channels (what a hardware-aware pruner would round to multiples of Po).
/// </summary>
public static class ReferenceShapes
{
    /// <summary>Dense cc-nin: 398,212 complex weights.</summary>
    public static NetworkShape CcNin() => Nin("cc-nin", [124, 100, 60, 124, 124, 124, 124, 124]);

    /// <summary>Dense cc-resnet18: 5,508,570 complex weights.</summary>
    public static NetworkShape CcResNet18() => ResNet("cc-resnet18", [46, 46, 92, 184, 356], [46, 92, 184, 356]);

    /// <summary>Dense cc-iq as trained (models/networks/cc-iq): lag map of a radio burst.</summary>
    public static NetworkShape CcIq() => new("cc-iq", new MapShape(32, 32, 1), 8,
    [
        new("conv1", 32, 5, 1, 2, SumPool: 2),
        new("conv2", 32, 3, 1, 1, SumPool: 2),
        new("conv3", 64, 1, 1, 0),
        new("conv4", 96, 3, 1, 1),
        new("conv5", 96, 1, 1, 0),
    ]);

    public static NetworkShape Nin(string name, IReadOnlyList<int> c) => new(name, new MapShape(32, 32, 3), 8,
    [
        new("conv1", c[0], 5, 1, 2),
        new("conv2", c[1], 1, 1, 0),
        new("conv3", c[2], 1, 1, 0, SumPool: 2),
        new("conv4", c[3], 5, 1, 2),
        new("conv5", c[4], 1, 1, 0),
        new("conv6", c[5], 1, 1, 0, SumPool: 2),
        new("conv7", c[6], 3, 1, 1),
        new("conv8", c[7], 1, 1, 0),
    ]);

    /// <param name="name">Name in tables.</param>
    /// <param name="stages">Stem width and the tied width of each of the four stages (stem = first stage).</param>
    /// <param name="inner">Inner width of the blocks of each stage.</param>
    public static NetworkShape ResNet(string name, IReadOnlyList<int> stages, IReadOnlyList<int> inner)
    {
        List<ConvolutionShape> layers = [new("conv1", stages[0], 3, 1, 1, Values: true)];
        int value = 0;
        for (int stage = 0; stage < 4; stage++)
        {
            for (int block = 0; block < 2; block++)
            {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                int shortcut = stride == 2 ? layers.Count : value;
                string prefix = $"stage{stage + 1}.block{block + 1}";
                if (stride == 2)
                {
                    layers.Add(new($"{prefix}.shortcut", stages[stage + 1], 1, 2, 0, Source: value, Values: true));
                }

                layers.Add(new($"{prefix}.conv1", inner[stage], 3, stride, 1, Source: value));
                layers.Add(new($"{prefix}.conv2", stages[stage + 1], 3, 1, 1, Values: true, Residual: shortcut));
                value = layers.Count - 1;
            }
        }

        return new NetworkShape(name, new MapShape(32, 32, 3), 8, layers);
    }
}
