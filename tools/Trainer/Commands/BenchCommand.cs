using System.CommandLine;
using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>
/// bcnntrain bench: GFLOP/s of the matrix product per core, by CPU time of one thread; with configurations also of whole training steps
/// on one thread, and what a second one gains by the clock, beside what it gains where threads share nothing.
/// </summary>
internal static class BenchCommand
{
    // One thread and two, in turn: what else the machine does meets both alike.
    private const int Repetitions = 5;

    // Of every measurement of products.
    private const double Seconds = 0.5;

    private static readonly (string Use, GemmSize Size, bool Transposed)[] Cases =
    [
        ("forward 1x1024 pixels, 64 lanes", GemmBench.CacheSized, false),
        ("forward, wide", new(512, 192, 1152), false),
        ("forward, compacted", new(256, 24, 216), false),
        ("weight gradient", new(288, 64, 1024), true),
        ("weight gradient, wide", new(1152, 192, 512), true),
    ];

    public static Command Build()
    {
        Option<string[]> configurations = new("--config") { Description = "Training configuration, JSON: measure whole steps of its dense network; may be given several times." };
        var command = new Command("bench", "Measures the matrix product, and training steps.") { configurations };
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            TrainerConfiguration?[] read = [.. (parsed.GetValue(configurations) ?? []).Select(path => refusals.Try(() => ConfigurationFile.Read(path)))];
            refusals.Throw();
            TextWriter output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"processor features: {ProcessorFeatures.Describe()}");
            Products(output);
            foreach (TrainerConfiguration? configuration in read)
            {
                Steps(configuration!, output);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Products(TextWriter output)
    {
        foreach ((string use, GemmSize size, bool transposed) in Cases)
        {
            double speed = GemmBench.GigaFlops(size, transposed, Seconds);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{use,-34} {size.Rows}x{size.Columns}x{size.Depth}: {speed:F1} GFLOP/s per core"));
        }
    }

    private static void Steps(TrainerConfiguration configuration, TextWriter output)
    {
        IFrameSource source = DataSplits.Source(configuration.Data, DataSplit.Train);
        NetShape shape = configuration.Shape(new MapShape(source.Height, source.Width, source.Channels), source.Classes);
        List<double> one = [], two = [], ratio = [], cost = [], products = [];
        for (int i = 0; i < Repetitions; i++)
        {
            StepMeasurement single = StepMeasurement.Of(configuration, shape, 1), both = StepMeasurement.Of(configuration, shape, 2);
            one.Add(single.ImagesPerCpuSecond);
            two.Add(both.ImagesPerSecond);
            ratio.Add(both.ImagesPerSecond / single.ImagesPerSecond);
            cost.Add(single.ImagesPerCpuSecond / both.ImagesPerCpuSecond);
            products.Add(GemmBench.SecondThreadGain(Seconds));
        }

        double speed = Median(one), operations = StepMeasurement.Operations(shape, !configuration.IsReal);
        string step = "step of " + configuration.Name;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step,-34} {speed:F0} images/s, {1e-9 * operations * speed:F1} GFLOP/s per core"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"  two threads",-34} {Median(two):F0} images/s, {Median(ratio):F2} times (best {ratio.Max():F2}) at {Median(cost):F2} times the CPU time; products that share nothing {Median(products):F2} times (best {products.Max():F2})"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
