using System.CommandLine;
using System.Globalization;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>
/// bcnntrain bench: GFLOP/s of the matrix product per core, by CPU time of one thread; with configurations also of whole training steps
/// on one thread, and what a second one gains by the clock, beside what it gains where threads share nothing.
/// </summary>
internal static class BenchCommand
{
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
            Signs(output);
            foreach (TrainerConfiguration? configuration in read)
            {
                new StepBench(configuration!).Run(output);
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

    private static void Signs(TextWriter output)
    {
        foreach ((string use, WindowShape window, int columns) in SignBench.Cases)
        {
            string speed = SignBench.GigaOperations(window, columns, Seconds) is { } found
                ? string.Create(CultureInfo.InvariantCulture, $"{found:F1} G operations/s per core, counted as the product's")
                : "no AVX2 here: by the matrix product";
            output.WriteLine($"{use,-34} {window.OutPixels}x{columns}x{window.RowLength}: {speed}");
        }
    }
}
