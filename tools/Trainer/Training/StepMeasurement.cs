using System.Diagnostics;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Speed of whole training steps on random values: forward, backward, optimizer, refresh of the weights; frames are not loaded.</summary>
/// <param name="ImagesPerSecond">By the clock.</param>
/// <param name="ImagesPerCpuSecond">By the CPU time of all threads, what they wait for each other included: on a shared machine the number to compare.</param>
/// <param name="MapBytes">Maps held.</param>
public sealed record StepMeasurement(double ImagesPerSecond, double ImagesPerCpuSecond, long MapBytes)
{
    private const int LeastSteps = 3;
    private const int MostSteps = 100;

    // Of a small network: its first steps run in code that is not compiled fully yet, and a few steps are too short to measure.
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(1);

    /// <param name="configuration">Arithmetic, batch, seed.</param>
    /// <param name="shape">Of this network.</param>
    /// <param name="threads">Whatever the configuration says.</param>
    public static StepMeasurement Of(TrainerConfiguration configuration, NetShape shape, int threads)
    {
        using INetwork net = configuration.Network(shape);
        WeightStart.Draw(net, configuration.Seed);
        using FeatureBatch<float> input = Values(configuration, shape);
        var gradient = new float[configuration.Batch * shape.Classes];
        gradient[0] = 1;
        var work = new WorkSplit(threads);
        var optimizer = new Adam(net.Parameters());
        void Step()
        {
            _ = net.Forward(input, true, work);
            net.Backward(input, gradient, work);
            optimizer.Step(0, work);
            net.Refresh(work);
        }

        _ = Repeat(Step, 1);
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        (int steps, TimeSpan time) = Repeat(Step, LeastSteps);
        double images = (double)steps * configuration.Batch;
        double used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        return new(images / time.TotalSeconds, images / used, sizeof(float) * net.MapLength);
    }

    /// <summary>
    /// Floating-point operations of one image in one step, of convolutions and linear layers alone: a product is taken forward, for the
    /// weights and for the input, not for the frame's; a complex one is four multiplications and four additions, a real one one of each.
    /// </summary>
    public static double Operations(NetShape shape, bool complex) =>
        (complex ? 8.0 : 2.0) * Enumerable.Range(0, shape.Layers.Count).Sum(i => shape.Layers[i].MultiplyAccumulates * (shape.ReadsFrame(i) ? 2 : 3));

    private static FeatureBatch<float> Values(TrainerConfiguration configuration, NetShape shape)
    {
        var input = new FeatureBatch<float>(configuration.Batch, shape.Input);
        var stream = new SeededStream(configuration.Seed, "estimate");
        foreach (ref float value in input.Values)
        {
            value = (float)Math.Round((stream.NextDouble() * 2) - 1);
        }

        return input;
    }

    private static (int Steps, TimeSpan Time) Repeat(Action step, int least)
    {
        var clock = Stopwatch.StartNew();
        int steps = 0;
        while (steps < least || (steps < MostSteps && clock.Elapsed < Stretch))
        {
            step();
            steps++;
        }

        return (steps, clock.Elapsed);
    }
}
