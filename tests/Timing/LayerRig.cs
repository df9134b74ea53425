using BcnnSim.Design;
using BcnnSim.Hardware;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Tests.Harness;

namespace BcnnSim.Tests.Timing;

/// <summary>A machine that runs one convolution of chosen geometry, with the commits of two channels around the array.</summary>
internal sealed class LayerRig
{
    public LayerRig(AcceleratorDesign design, int height, int width, int channels, int kernel, int outputs, int bits = 1)
    {
        Network network = OneLayer(height, width, channels, kernel, outputs, bits);
        AcceleratorProgram program = LayerMapper.Map(network, design);
        Plan = program.Layers[0];
        Machine = new Accelerator(program, frames: 1);
        Machine.LoadFrame(0, RandomNetworks.Frames(network, 1, seed: 1).Frames[0]);
        Named("pe.window").Attach(Windows);
        Named("accumulator.partial").Attach(Partials);
        Machine.Simulation.Run();
    }

    public Accelerator Machine { get; }

    public LayerPlan Plan { get; }

    public CommitTimes Windows { get; } = new();

    public CommitTimes Partials { get; } = new();

    /// <summary>Array cycles in which a window word entered the array.</summary>
    public long[] WindowCycles => Cycles(Windows);

    /// <summary>Array cycles in which a partial sum was added.</summary>
    public long[] PartialCycles => Cycles(Partials);

    private long[] Cycles(CommitTimes times) => [.. times.Pops.Select(t => t / Machine.ArrayClock.Period)];

    private Channel Named(string name) => Machine.Simulation.Channels.Single(c => c.Name == name);

    private static Network OneLayer(int height, int width, int channels, int kernel, int outputs, int bits)
    {
        Random random = new(17);
        MapShape input = new(height, width, channels);
        int pad = kernel / 2;
        ConvolutionLayer layer = new(
            "conv", Network.InputName, input, outputs, kernel, kernel, 1, 1, pad, pad, 1, 1,
            FoldedNorm.Threshold(new long[2 * outputs], new byte[2 * outputs]), RandomLayers.Weights(random, outputs, kernel * kernel * channels, masked: false));
        long weights = (long)layer.Taps * outputs;
        return new Network(
            "one-layer",
            new NetworkInput(height, width, channels, bits, "none", new Dictionary<string, double>()),
            [layer],
            RandomLayers.Classifier(random, "conv", layer.OutputShape),
            [],
            new PruningRecord("none", weights, weights),
            new Dictionary<string, string>());
    }
}
