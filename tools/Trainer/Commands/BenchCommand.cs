using System.CommandLine;
using System.Globalization;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain bench: GFLOP/s of the matrix product per core, by CPU time of one thread.</summary>
internal static class BenchCommand
{
    private static readonly (string Use, GemmSize Size, bool Transposed)[] Cases =
    [
        ("forward 1x1024 pixels, 64 lanes", new(1024, 64, 288), false),
        ("forward, wide", new(512, 192, 1152), false),
        ("forward, compacted", new(256, 24, 216), false),
        ("weight gradient", new(288, 64, 1024), true),
        ("weight gradient, wide", new(1152, 192, 512), true),
    ];

    public static Command Build()
    {
        var command = new Command("bench", "Measures the matrix product.");
        command.SetAction(_ =>
        {
            Console.WriteLine($"processor features: {ProcessorFeatures.Describe()}");
            foreach ((string use, GemmSize size, bool transposed) in Cases)
            {
                double speed = GemmBench.GigaFlops(size, transposed, 0.5);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{use,-34} {size.Rows}x{size.Columns}x{size.Depth}: {speed:F1} GFLOP/s per core"));
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
