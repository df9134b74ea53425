using System.Diagnostics;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>A network to time: whole training steps on random values, forward, backward, optimizer, refresh of the weights; frames are not loaded.</summary>
public sealed class StepTrial : IDisposable
{
    // A small network has made its point by then.
    private const int MostSteps = 100;

    private readonly INetwork net;
    private readonly FeatureBatch<float> input;
    private readonly float[] gradient;
    private readonly Adam optimizer;

    /// <param name="configuration">Arithmetic, batch, seed.</param>
    /// <param name="shape">Of this network.</param>
    public StepTrial(TrainerConfiguration configuration, NetShape shape)
    {
        net = configuration.Network(shape);
        WeightStart.Draw(net, configuration.Seed);
        input = Values(configuration, shape);
        gradient = new float[configuration.Batch * shape.Classes];
        gradient[0] = 1;
        optimizer = new Adam(net.Parameters());
    }

    /// <summary>Numbers held in maps.</summary>
    public long MapLength => net.MapLength;

    /// <summary>Numbers that are trained.</summary>
    public long ParameterLength => net.Parameters().Sum(parameter => (long)parameter.Value.Length);

    /// <summary>Steps until <paramref name="time"/> has passed, at least <paramref name="least"/> and at most 100.</summary>
    public StepTiming Run(WorkSplit work, TimeSpan time, int least = 1)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        int steps = 0;
        while (steps < least || (steps < MostSteps && clock.Elapsed < time))
        {
            Step(work);
            steps++;
        }

        TimeSpan wall = clock.Elapsed;
        process.Refresh();
        return new((long)steps * input.Count, wall, process.TotalProcessorTime - before);
    }

    public void Dispose()
    {
        net.Dispose();
        input.Dispose();
    }

    private void Step(WorkSplit work)
    {
        _ = net.Forward(input, true, work);
        net.Backward(input, gradient, work);
        optimizer.Step(0, work);
        net.Refresh(work);
    }

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
}
