using BcnnSim.Bench;
using BcnnSim.Bench.Kernel;
using BcnnSim.Bench.Machine;
using BcnnSim.Bench.Memory;

// One line per benchmark: name, what it runs.
Dictionary<string, Action> benchmarks = new(StringComparer.Ordinal)
{
    ["kernel"] = KernelBenchmark.Run,
    ["hbm"] = HbmBenchmark.Run,
    ["machine"] = MachineBenchmark.Run,
};

if (args.Length != 1 || !benchmarks.TryGetValue(args[0], out Action? run))
{
    Console.Error.WriteLine($"usage: dotnet run -c Release --project tools/bench -- {string.Join('|', benchmarks.Keys)}");
    return 2;
}

Console.WriteLine(Measurement.Conditions);
run();
Console.WriteLine(Measurement.Disturbance);
return 0;
