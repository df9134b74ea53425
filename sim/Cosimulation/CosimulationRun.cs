using BcnnSim.Cosimulation.Blocks;
using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Rtl;
using BcnnSim.Cosimulation.Waves;
using BcnnSim.Kernel;

namespace BcnnSim.Cosimulation;

/// <summary>Builds RTL designs side by side in one library and steps them beside the simulator until the first difference.</summary>
public sealed class CosimulationRun
{
    // Any clock serves: cycles are compared, not seconds. A shuffled component order is part of the test.
    private const long ClockKilohertz = 300_000;

    private const long CancellationInterval = 10_000;

    private readonly CosimulationOptions options;
    private readonly RtlSources sources;
    private readonly List<DesignReport> rows = [];
    private readonly List<Difference> differences = [];
    private readonly List<string> waveforms = [];

    public CosimulationRun(CosimulationOptions options, RtlSources? sources = null)
    {
        this.options = options;
        this.sources = sources ?? RtlSources.Embedded();
    }

    /// <summary>Called before each block's library is looked up or built, and before its run.</summary>
    public Action<string> Progress { get; init; } = _ => { };

    /// <summary>Runs the blocks the options name. When cancelled, reports what was compared until then.</summary>
    /// <exception cref="InputException">An option breaks its rule, or a tool is not installed.</exception>
    /// <exception cref="ToolFailureException">A tool refused the RTL.</exception>
    public CosimulationReport Execute(CancellationToken cancellation = default)
    {
        try
        {
            foreach (CosimulationBlock block in options.Check())
            {
                Compare(block.Name, block.Make(options.Seed, options.Designs), options.Cycles ?? block.DefaultCycles, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            return Report() with { Complete = false };
        }

        return Report();
    }

    /// <summary>Compares designs made by the caller.</summary>
    public CosimulationReport Execute(string block, IReadOnlyList<ILockstepDesign> designs, long cycles, CancellationToken cancellation = default)
    {
        Compare(block, designs, cycles, cancellation);
        return Report();
    }

    private CosimulationReport Report() => new()
    {
        Seed = options.Seed,
        Verilator = Tool.Verilator.Version("--version"),
        Blocks = rows,
        Differences = differences,
        Waveforms = waveforms,
    };

    private void Compare(string block, IReadOnlyList<ILockstepDesign> designs, long cycles, CancellationToken cancellation)
    {
        Progress($"{block}: building {designs.Count} designs in one library (cached by content)");
        string library = new RtlLibraryCache(options.CacheFolder).Library(sources, designs, cancellation);
        Progress($"{block}: {designs.Count} designs in lockstep for {cycles} cycles each");
        using RtlBench bench = new(library);
        Simulation simulation = new(new TimeBase(ClockKilohertz), new SimulationOptions(OrderSeed: (int)options.Seed));
        LockstepProbe probe = new(simulation.AddClock("array", ClockKilohertz), bench, designs, cycles);
        for (long time = CancellationInterval; !probe.Finished && !cancellation.IsCancellationRequested; time += CancellationInterval)
        {
            simulation.RunUntil(time);
        }

        Collect(block, probe);
        cancellation.ThrowIfCancellationRequested();
    }

    private void Collect(string block, LockstepProbe probe)
    {
        differences.AddRange(probe.Differences);
        foreach (LockstepPair pair in probe.Pairs)
        {
            int mismatches = probe.Differences.Count(d => d.Design == pair.Design.Name);
            Dictionary<string, int> parameters = pair.Design.Parameters.ToDictionary(p => p.Name, p => p.Value);
            rows.Add(new DesignReport(block, pair.Design.Name, pair.Design.Seed, probe.Compared, pair.Design.Channels.Count, pair.Design.Transfers, mismatches, parameters));
            if (mismatches > 0)
            {
                WriteWave(pair.Design, "rtl", pair.RtlWave);
                WriteWave(pair.Design, "model", pair.ModelWave);
            }
        }
    }

    private void WriteWave(ILockstepDesign design, string side, WaveRing wave)
    {
        string path = Path.Combine(options.WaveFolder, $"cosim-{design.Name}.{side}.vcd");
        string unfinished = path + ".tmp";
        Directory.CreateDirectory(options.WaveFolder);
        using (StreamWriter writer = new(unfinished))
        {
            VcdFile.Write(writer, side, design.Signals, wave);
        }

        File.Move(unfinished, path, overwrite: true);
        waveforms.Add(path);
    }
}
