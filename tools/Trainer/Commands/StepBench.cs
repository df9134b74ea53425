using System.Diagnostics;
using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using MathNet.Numerics.Statistics;

namespace BcnnSim.Trainer.Commands;

/// <summary>
/// Whole training steps of a dense network on one thread and on two. Short stretches in turn, many pairs: a shared machine changes its
/// speed from minute to minute, and so meets both of a pair alike.
/// </summary>
internal sealed class StepBench(TrainerConfiguration configuration)
{
    private const int LeastPairs = 5;
    private const int MostPairs = 101;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(20);

    // Until the code is compiled fully.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private readonly List<StepTiming> single = [];
    private readonly List<StepTiming> both = [];
    private readonly List<double> products = [];
    private readonly List<long> memory = [];

    public void Run(TextWriter output)
    {
        IFrameSource source = DataSplits.Source(configuration.Data, DataSplit.Train);
        NetShape shape = configuration.Shape(new MapShape(source.Height, source.Width, source.Channels), source.Classes);
        Measure(shape);
        double speed = PerCpuSecond(single), operations = StepMeasurement.Operations(shape, !configuration.IsReal);
        double[] gains = [.. single.Zip(both, (one, two) => two.ImagesPerSecond / one.ImagesPerSecond)];
        double cost = speed / PerCpuSecond(both);
        string step = "step of " + configuration.Name;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step,-34} {speed:F0} images/s, {1e-9 * operations * speed:F1} GFLOP/s per core"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"  two threads",-34} {both.Select(b => b.ImagesPerSecond).Median():F0} images/s, {gains.Median():F2} times ({Middle(gains)}) at {cost:F2} times the CPU time; products that share nothing {products.Median():F2} times ({Middle(products)}); {gains.Length} pairs, middle half in brackets"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"  resident memory of the process",-34} {memory[memory.Count / 2] >> 20} MiB half way, {memory[^1] >> 20} MiB at the end"));
    }

    // Over all: the system counts CPU time in steps of a tenth of a stretch.
    private static double PerCpuSecond(List<StepTiming> timings) => timings.Sum(t => t.Images) / timings.Sum(t => t.Cpu.TotalSeconds);

    private static string Middle(IEnumerable<double> values) =>
        string.Create(CultureInfo.InvariantCulture, $"{values.LowerQuartile():F2} to {values.UpperQuartile():F2}");

    private void Measure(NetShape shape)
    {
        using var trial = new StepTrial(configuration, shape);
        WorkSplit one = new(1), two = new(2);
        _ = trial.Run(two, WarmUp);
        var clock = Stopwatch.StartNew();
        while (single.Count < LeastPairs || (single.Count < MostPairs && clock.Elapsed < Whole))
        {
            single.Add(Stretch(trial, one));
            both.Add(Stretch(trial, two));
            products.Add(GemmBench.SecondThreadGain(Slice.TotalSeconds));
            memory.Add(Environment.WorkingSet);
        }
    }

    // The step before it leaves the caches as the stretch's own steps do.
    private static StepTiming Stretch(StepTrial trial, WorkSplit work)
    {
        _ = trial.Run(work, TimeSpan.Zero);
        return trial.Run(work, Slice);
    }
}
